/* SPDX-License-Identifier: MIT
 *
 * Whether a line may be ours, from its first bytes: taken by src/codec/is_ours.c. */
%%{
machine sbfota_ours;
alphtype unsigned char;

blank = [ \t];
main := '+QIND:'i blank* '"SBFOTA'
      | '+QCFGEXT:'i blank* '"sbfota_'
      | 'AT+QCFGEXT='i ( '"sbfota_' | '?' )
      | 'RDY'
      | 'APP RDY';
}%%
#ifdef SBFOTA_MACHINE_DATA
%% write data noerror noentry;
#else
%% write exec;
#endif
