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

/* A call by itself: mostly a glance is enough. */
static __attribute__((noinline)) struct fleet_modem *
find_modem(struct fleet *fleet, struct fleet_group *group, struct bytes name)
{
    const uint32_t number = names_add(&group->names, name);
    if (number < group->count)
        return modem_at(fleet, group, number);
    /* Without memory once, a name may lack its place for good. */
    if (number != group->count || !grow_group(fleet, group)) {
        fleet->no_memory = true;
        return NULL;
    }
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

void fleet_find_hint(struct fleet *fleet, uint32_t file)
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
    if (number >= group->count)
        return find_modem(fleet, group, name);
    struct fleet_modem *const found = modem_at(fleet, group, number);
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
