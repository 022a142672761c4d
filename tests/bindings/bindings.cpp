/* SPDX-License-Identifier: MIT
 *
 * The headers from C++17: every type has a name without `struct` or `enum`, and the library answers. */
#include <cstdint>
#include <cstring>
#include <string_view>

#include <sbfota/host.h>
#include <sbfota/parts.h>
#include <sbfota/passthrough.h>
#include <sbfota/texts.h>

namespace
{

/* A name that is a function's too cannot be used so. */
template <typename... Types> constexpr unsigned count = sizeof...(Types);
static_assert(count<sbfota_event, sbfota_parser, sbfota_payload, sbfota_line_buffer,
                    sbfota_message_row, sbfota_code_row, sbfota_session, sbfota_attempt,
                    sbfota_change, sbfota_part, sbfota_joined, sbfota_host> == 12);
static_assert(count<sbfota_kind, sbfota_reason, sbfota_flag, sbfota_family, sbfota_argument,
                    sbfota_sender, sbfota_code_table, sbfota_aftermath, sbfota_spelling,
                    sbfota_ending, sbfota_parameter, sbfota_format_style, sbfota_format_error,
                    sbfota_phase, sbfota_outcome, sbfota_problem, sbfota_power, sbfota_accept,
                    sbfota_attempt_has, sbfota_change_bit, sbfota_joined_bit, sbfota_host_delay> ==
              22);

} // namespace

int main()
{
    constexpr std::string_view line = "+QIND: \"SBFOTA\",\"END\",505";
    sbfota_event event{};
    if (sbfota_decode_line(line.data(), line.size(), &event) != line.size() ||
        event.kind != SBFOTA_END || event.value != 505)
        return 1;
    const sbfota_code_row *const code = sbfota_code(sbfota_table_of_kind(event.kind), event.value);
    if (code == nullptr || std::strcmp(code->name, "package_not_found") != 0)
        return 2;
    sbfota_payload payload;
    sbfota_payload_init(&payload);
    sbfota_host host;
    char command[SBFOTA_HOST_ROOM];
    std::uint32_t again = 0;
    if (!sbfota_host_init(&host, 30) ||
        sbfota_host_poll(&host, 0, command, sizeof command, &again) == 0 || again != 300 ||
        sbfota_session_phase(sbfota_host_session(&host)) != SBFOTA_PHASE_NONE)
        return 4;
    return sbfota_parser_size() == sizeof(sbfota_parser) ? 0 : 3;
}
