//! The field's words as types: actions, KPIs, Members, plan years, periods, and how text is compared.

pub mod action_ref;
pub mod figure;
pub mod fold;
pub mod member_code;
pub mod period;
pub mod reference;
pub mod report_period;
pub mod rsp_ref;
pub mod words;

pub use action_ref::{ActionOrKpi, ActionRef, KpiId};
pub use member_code::MemberCode;
pub use period::{PlanYear, StatisticPeriod};
pub use report_period::{Asked, Line, ReportPeriod};
pub use rsp_ref::RspRef;
