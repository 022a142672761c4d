/* SPDX-License-Identifier: MIT
 *
 * Whether a line may be ours, from its first bytes. Ragel prints this machine as XML, from which grammar/ours.py makes what
 * src/codec/is_ours.c takes. */
%%{
machine sbfota_ours;
alphtype unsigned char;

action found { fbreak; }

blank = [ \t];
end   = blank* ( [\r\n] @found )?;     # the line end decides; a line that is cut before it is ours too
rest  = '"' @found | end;

main := [\r\n]* ( '+QIND:'i blank* '"SBFOTA' rest
                | ( '+QCFGEXT:'i blank* | 'AT+QCFGEXT='i ) '"sbfota_' ( 'delay' | 'accept' ) rest
                | 'AT+QCFGEXT=?'i @found
                | ( 'RDY' | 'APP RDY' ) end );
}%%
