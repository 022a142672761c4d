# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# The targets, for tests/target/run and bench/footprint. A row: name, compiler with the processor, level of optimisation
# there, what it is linked with, emulator. Where no system is below, that is picolibc with semihosting, and where code and
# data go.
targets() {
    picolibc=--specs=picolibc.specs
    bare="--oslib=semihost --crt0=semihost -Wl,--defsym=__flash_size=0x400000"
    large="-Wl,--defsym=__ram_size=0x1000000"
    mps2="$bare -Wl,--defsym=__flash=0 -Wl,--defsym=__ram=0x21000000 $large"
    semihosting="-nographic -monitor none -serial none -semihosting-config enable=on,target=native"
    microbit="-M microbit -global nrf51-soc.flash-size=0x400000 -global nrf51-soc.sram-size=0x1000000"
    cat <<END
cortex-m0|arm-none-eabi-gcc $picolibc -mthumb -mcpu=cortex-m0|-Os|$bare -Wl,--defsym=__flash=0 -Wl,--defsym=__ram=0x20000000 $large|qemu-system-arm $microbit $semihosting -kernel
cortex-m3|arm-none-eabi-gcc $picolibc -mthumb -mcpu=cortex-m3|-Os|$mps2|qemu-system-arm -M mps2-an385 $semihosting -kernel
cortex-m4|arm-none-eabi-gcc $picolibc -mthumb -mcpu=cortex-m4|-Os|$mps2|qemu-system-arm -M mps2-an386 $semihosting -kernel
cortex-m33|arm-none-eabi-gcc $picolibc -mthumb -mcpu=cortex-m33|-Os|$bare -Wl,--defsym=__flash=0x10000000 -Wl,--defsym=__ram=0x80000000 $large|qemu-system-arm -M mps2-an505 $semihosting -kernel
riscv32|riscv64-unknown-elf-gcc $picolibc -march=rv32imac -mabi=ilp32|-Os|$bare -Wl,--defsym=__flash=0x80000000 -Wl,--defsym=__ram=0x80400000 $large|qemu-system-riscv32 -M virt -bios none $semihosting -kernel
aarch64|aarch64-linux-gnu-gcc|-O2|-static|qemu-aarch64
powerpc|powerpc-linux-gnu-gcc|-O2|-static|qemu-ppc
s390x|s390x-linux-gnu-gcc|-O2|-static|qemu-s390x
END
}

# column NAME NUMBER: of a target's row.
column() {
    targets | sed -n "s/^$1|/$1|/p" | cut -d '|' -f "$2"
}
