// SPDX-License-Identifier: MIT
//
// What bindgen makes of the headers, against the library.
#![allow(non_upper_case_globals, non_camel_case_types, non_snake_case, dead_code)]
mod sbfota {
    include!(env!("SBFOTA_BINDINGS"));
}
use sbfota::*;

fn main() {
    let line = b"+QIND: \"SBFOTA\",\"UPDATING\",6%";
    let mut event: sbfota_event = unsafe { std::mem::zeroed() };
    let used = unsafe { sbfota_decode_line(line.as_ptr().cast(), line.len() as _, &mut event) };
    assert_eq!(used as usize, line.len());
    assert_eq!(u32::from(event.kind), sbfota_kind_SBFOTA_UPDATING);
    assert_eq!(event.value, 6);
    assert_eq!(unsafe { sbfota_event_size() } as usize, std::mem::size_of::<sbfota_event>());
    assert_eq!(unsafe { sbfota_parser_size() } as usize, std::mem::size_of::<sbfota_parser>());
    let mut session: sbfota_session = unsafe { std::mem::zeroed() };
    let mut change: sbfota_change = unsafe { std::mem::zeroed() };
    unsafe {
        sbfota_session_init(&mut session);
        sbfota_session_feed(&mut session, &event, SBFOTA_NO_TIME as _, &mut change);
        assert_eq!(sbfota_session_percent(&session), 6);
    }
    let mut host: sbfota_host = unsafe { std::mem::zeroed() };
    unsafe {
        assert!(sbfota_host_init(&mut host, 30));
        sbfota_host_event(&mut host, &event, 0, &mut change);
        assert_eq!(sbfota_session_percent(sbfota_host_session(&host)), 6);
    }
}
