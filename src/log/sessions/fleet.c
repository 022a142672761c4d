/* SPDX-License-Identifier: MIT */
#include "log/sessions/fleet_modem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    GROUP_MODEMS = 0,
    GROUP_FILES = 1
};

/* Of a modem, with what is kept behind it. */
static size_t modem_size(const struct fleet *fleet)
{
    return sizeof(struct fleet_modem) + (fleet->extra + 7) / 8 * 8;
}

static struct fleet_modem *modem_at(const struct fleet *fleet, const struct fleet_group *group,
                                    uint32_t number)
{
    char *const chunk = (char *)group->chunks[number / FLEET_CHUNK];
    return (struct fleet_modem *)(void *)(chunk + number % FLEET_CHUNK * modem_size(fleet));
}

/* Room for one modem more. */
static bool grow_group(const struct fleet *fleet, struct fleet_group *group)
{
    if (group->count < group->chunk_count * FLEET_CHUNK)
        return true;
    struct fleet_modem **const chunks =
        realloc(group->chunks, (group->chunk_count + 1) * sizeof *chunks);
    if (chunks == NULL)
        return false;
    group->chunks = chunks;
    chunks[group->chunk_count] = malloc(FLEET_CHUNK * modem_size(fleet));
    if (chunks[group->chunk_count] == NULL)
        return false;
    group->chunk_count++;
    return true;
}

static struct fleet_modem *find_modem(const struct fleet *fleet, struct fleet_group *group,
                                      struct bytes name)
{
    const uint32_t number = names_add(&group->names, name);
    if (number < group->count)
        return modem_at(fleet, group, number);
    /* Without memory once, a name may lack its place for good. */
    if (number != group->count || !grow_group(fleet, group))
        return NULL;
    struct fleet_modem *const modem = modem_at(fleet, group, group->count++);
    memset(modem, 0, modem_size(fleet));
    sbfota_session_init(&modem->session);
    return modem;
}

uint32_t fleet_file_number(struct fleet *fleet, const char *file)
{
    if (file == NULL)
        return NAME_UNKNOWN;
    const uint32_t number = names_add(&fleet->files, (struct bytes){file, strlen(file)});
    fleet->no_memory = fleet->no_memory || number == NAME_UNKNOWN;
    return number;
}

struct bytes fleet_file(const struct fleet *fleet, uint32_t number)
{
    return number == NAME_UNKNOWN ? (struct bytes){NULL, 0} : names_text(&fleet->files, number);
}

/* The log's own dated lines tell its year, else when the file was written last. */
static void find_hint(struct fleet *fleet, uint32_t file)
{
    struct stat status;
    if (fleet->hint.file == file && fleet->hinted)
        return;
    fleet->hinted = true;
    fleet->hint = (struct clock_hint){.file = file};
    const struct bytes name = fleet_file(fleet, file);
    char path[4096];
    if (name.data == NULL || name.length >= sizeof path)
        return;
    memcpy(path, name.data, name.length);
    path[name.length] = '\0';
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return;
    fleet->hint.known = true;
    fleet->hint.near = (int64_t)status.st_mtime * 1000;
}

static int64_t read_clock(struct fleet *fleet, struct fleet_modem *modem,
                          const struct fleet_event *event)
{
    if (event->clock == CLOCK_NONE)
        return SBFOTA_NO_TIME;
    fleet->events++;
    if (event->clock == CLOCK_YEAR)
        find_hint(fleet, event->file);
    if (event->clock == CLOCK_EPOCH)
        fleet->hint = (struct clock_hint){event->file, true, event->milliseconds};
    fleet->hinted = fleet->hinted || event->clock == CLOCK_EPOCH;
    const int64_t time =
        clock_follow(&modem->clock, event->clock, event->milliseconds, &fleet->hint);
    fleet->clocks_back += modem->clock.went_back;
    return time;
}

/* Is it what the modem said in the line before, byte for byte? Of a raw capture, a blank line may stand
 * between, the line ends around two messages. */
static bool is_told_again(const struct told_message *last, const struct fleet_event *event)
{
    const struct sbfota_event *const now = event->event;
    const uint64_t lines = event->line - last->line;
    return last->kind == now->kind && now->kind != SBFOTA_NONE && event->clock == CLOCK_NONE &&
           last->file == event->file && last->value == now->value && last->length == now->length &&
           last->spelling == now->spelling &&
           last->flags == (now->flags & ~(unsigned)SBFOTA_FLAG_UNENDED) &&
           (lines == 1 || (lines == 2 && now->offset - last->end <= 4));
}

static void remember(struct told_message *last, const struct fleet_event *event)
{
    const struct sbfota_event *const now = event->event;
    *last =
        (struct told_message){.line = event->line,
                              .end = now->offset + now->length,
                              .length = now->length,
                              .value = now->value,
                              .file = event->file,
                              .kind = event->clock == CLOCK_NONE ? now->kind : (uint8_t)SBFOTA_NONE,
                              .spelling = now->spelling,
                              .flags = now->flags};
}

void fleet_tell(struct fleet_modem *modem, struct bytes name, const struct sbfota_attempt *facts,
                const struct edge *from, const struct edge *to, const struct fleet_sink *sink)
{
    struct log_attempt attempt = {
        .modem = name,
        .facts = *facts,
        .from = from,
        .to = to,
        .extra = modem + 1,
        .dated = from->clock == CLOCK_EPOCH && to->clock == CLOCK_EPOCH,
    };
    if (modem->cut)
        attempt.facts.problems |= SBFOTA_PROBLEM_UNENDED;
    modem->cut = false;
    sink->take(sink->context, &attempt);
}

static struct fleet_modem *find(struct fleet *fleet, struct fleet_group *group, struct bytes name)
{
    const struct name_key key = names_key(&group->names, name);
    const uint32_t number = names_glance(&group->names, name, &key);
    struct fleet_modem *const found =
        number < group->count ? modem_at(fleet, group, number) : find_modem(fleet, group, name);
    if (found == NULL) {
        fleet->no_memory = true;
        return NULL;
    }
#ifdef __GNUC__
    for (size_t at = 0; at < sizeof *found; at += 64)
        __builtin_prefetch((const char *)found + at, 1);
#endif
    return found;
}

struct fleet_modem *fleet_find(struct fleet *fleet, struct bytes name)
{
    return find(fleet, &fleet->groups[GROUP_MODEMS], name);
}

struct fleet_modem *fleet_find_unnamed(struct fleet *fleet, const char *file)
{
    static const char no_file[] = "";
    const char *const name = file == NULL ? no_file : file;
    return find(fleet, &fleet->groups[GROUP_FILES], (struct bytes){name, strlen(name)});
}

/* What a session makes of an event, and what that changes. Its time, or SBFOTA_NO_TIME for one that is not fed. */
static int64_t follow(struct fleet *fleet, struct fleet_modem *modem,
                      const struct fleet_event *event, const struct fleet_sink *sink,
                      unsigned *changes)
{
    struct sbfota_change change;
    const bool again = is_told_again(&modem->last, event);
    remember(&modem->last, event);
    if (again) {
        fleet->repeats++;
        if (sbfota_session_phase(&modem->session) != SBFOTA_PHASE_NONE)
            fleet_note_edge(&modem->to, event);
        const unsigned kind = event->event->kind;
        modem->cut = modem->cut || ((event->event->flags & SBFOTA_FLAG_UNENDED) != 0 &&
                                    kind >= SBFOTA_POLLING_ERROR && kind <= SBFOTA_REPORT_END);
        return SBFOTA_NO_TIME;
    }
    const int64_t time = read_clock(fleet, modem, event);
    sbfota_session_feed(&modem->session, event->event, time, &change);
    fleet->repeats += (change.what & SBFOTA_CHANGE_REPEAT) != 0;
    if (change.what & SBFOTA_CHANGE_FINISHED)
        fleet_tell(modem, event->modem, &change.finished, &modem->from, &modem->to, sink);
    if (change.what & SBFOTA_CHANGE_BEGAN)
        fleet_note_edge(&modem->from, event);
    if (change.what & SBFOTA_CHANGE_BELONGS)
        fleet_note_edge(&modem->to, event);
    *changes = change.what;
    return time;
}

void fleet_feed(struct fleet *fleet, struct fleet_modem *modem, const struct fleet_event *event,
                const struct fleet_sink *sink)
{
    unsigned changes = 0;
    const int64_t time =
        event->followed ? follow(fleet, modem, event, sink, &changes) : SBFOTA_NO_TIME;
    if (sink->see != NULL)
        sink->see(sink->context, modem + 1, event, time, &modem->session, changes);
}

void fleet_end(struct fleet *fleet, const struct fleet_sink *sink)
{
    if (fleet->ended)
        return;
    fleet->ended = true;
    for (unsigned i = 0; i < 2; i++) {
        const struct fleet_group *const group = &fleet->groups[i];
        for (uint32_t number = 0; number < group->count; number++) {
            const struct bytes name = names_text(&group->names, number);
            struct fleet_modem *const modem = modem_at(fleet, group, number);
            struct sbfota_attempt facts;
            if (sbfota_session_attempt(&modem->session, &facts))
                fleet_tell(modem, i == GROUP_MODEMS ? name : (struct bytes){NULL, 0}, &facts,
                           &modem->from, &modem->to, sink);
        }
    }
}

bool fleet_next(const struct fleet *fleet, size_t *next, struct fleet_member *member)
{
    const size_t named = fleet->groups[GROUP_MODEMS].count;
    const size_t at = (*next)++;
    const struct fleet_group *const group = &fleet->groups[at < named ? GROUP_MODEMS : GROUP_FILES];
    const size_t number = at < named ? at : at - named;
    if (number >= group->count)
        return false;
    const struct fleet_modem *const modem = modem_at(fleet, group, (uint32_t)number);
    *member = (struct fleet_member){.name = names_text(&group->names, (uint32_t)number),
                                    .named = at < named,
                                    .session = &modem->session,
                                    .extra = modem + 1};
    return true;
}

void fleet_free(struct fleet *fleet)
{
    for (unsigned i = 0; i < 2; i++) {
        names_free(&fleet->groups[i].names);
        for (uint32_t chunk = 0; chunk < fleet->groups[i].chunk_count; chunk++)
            free(fleet->groups[i].chunks[chunk]);
        free(fleet->groups[i].chunks);
    }
    names_free(&fleet->files);
}
