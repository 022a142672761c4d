/* SPDX-License-Identifier: MIT
 *
 * simulate FIRMWARE.elf TRAFFIC: run an ATmega2560's firmware, give it the bytes of TRAFFIC on its second serial port, and
 * print what it writes to its first, for some seconds of its time. */
#include <stdio.h>
#include <stdlib.h>

#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>

enum {
    FREQUENCY = 16000000,
    SECONDS = 4,
    FIRST_BYTE = FREQUENCY,         /* when the first byte comes: the firmware has begun */
    BYTE_CYCLES = FREQUENCY / 11520 /* 115200 baud */
};

static void print_byte(struct avr_irq_t *irq, uint32_t value, void *unused)
{
    (void)irq, (void)unused;
    putchar((int)value);
}

static avr_irq_t *serial(avr_t *avr, char port, int irq)
{
    uint32_t flags = 0;
    avr_ioctl(avr, AVR_IOCTL_UART_GET_FLAGS(port), &flags);
    flags &= ~(uint32_t)AVR_UART_FLAG_STDIO;
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS(port), &flags);
    return avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ(port), irq);
}

int main(int argc, char **argv)
{
    elf_firmware_t firmware = {0};
    FILE *const traffic = argc == 3 ? fopen(argv[2], "rb") : NULL;
    avr_t *const avr = avr_make_mcu_by_name("atmega2560");
    if (traffic == NULL || avr == NULL || elf_read_firmware(argv[1], &firmware) != 0)
        return fputs("usage: simulate FIRMWARE.elf TRAFFIC\n", stderr), 2;
    avr_init(avr);
    avr->frequency = FREQUENCY;
    avr_load_firmware(avr, &firmware);
    avr_irq_register_notify(serial(avr, '0', UART_IRQ_OUTPUT), print_byte, NULL);
    avr_irq_t *const input = serial(avr, '1', UART_IRQ_INPUT);

    avr_cycle_count_t next = FIRST_BYTE;
    int state = cpu_Running;
    while (state != cpu_Done && state != cpu_Crashed &&
           avr->cycle < (uint64_t)SECONDS * FREQUENCY) {
        state = avr_run(avr);
        if (avr->cycle >= next) {
            const int byte = getc(traffic);
            if (byte != EOF)
                avr_raise_irq(input, (uint32_t)byte);
            next = avr->cycle + BYTE_CYCLES;
        }
    }
    return state == cpu_Crashed;
}
