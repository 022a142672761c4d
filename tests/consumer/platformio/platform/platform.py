# SPDX-License-Identifier: MIT
from platformio.public import PlatformBase


class ConsumerPlatform(PlatformBase):
    pass
