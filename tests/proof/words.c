#include "proof.h"
void prove_words(const struct library *library, struct counts *counts){(void)library,(void)counts;}
void prove_sessions(const struct library *library){(void)library;}
