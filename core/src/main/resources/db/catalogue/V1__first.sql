-- The catalogue and, beside it, everything that correctness of sync needs. One transaction changes both.
-- Ids are 16-byte blobs, devices 32-byte ones. Integer keys are this file's own and never leave it.

create table author (
    key integer primary key,
    id  blob not null unique check (length(id) = 16)
);

create table self (
    only_row      integer primary key check (only_row = 1),
    device        blob    not null check (length(device) = 32),
    library       blob    not null check (length(library) = 16),
    library_name  text    not null,
    author        integer not null references author (key),
    clock_millis  integer not null,
    clock_counter integer not null,
    open_count    integer not null,
    nonce         blob    not null
);

-- Which events are covered: all of an author's up to sequence. head chains the bytes of its groups. Never pruned.
create table vector (
    author   integer primary key references author (key),
    sequence integer not null,
    head     integer not null
);

-- Trails: the heads along an author's groups, the last some thousand. Two devices tell by them whether both know the
-- same by an author's names (R7, ADR 230).
create table trail (
    author integer not null references author (key),
    last   integer not null, -- where a group ends
    first  integer not null, -- where it begins; the same as last where that is not known
    head   integer not null, -- the head up to there
    staged integer not null, -- 1: of the running reconciliation's peer, and not covered here yet
    primary key (author, last)
) without rowid;

-- Names that an author gave twice (R7, ADR 190, 230), by whom they may mean something else to.
create table fork (
    author   integer not null references author (key),      -- the incarnation that gave them, of whatever device
    peer     blob    not null check (length(peer) = 32),
    since    integer not null, -- up to there the peer is known to have had what is here
    found    integer not null, -- milliseconds since 1970 when this peer showed it, 0 when another one did
    pending  integer not null, -- whether what the names mean to the peer is still to be fetched
    fetched  integer not null, -- how far the peer covered the author when that was fetched last, 0 when never
    compared integer not null, -- whether the one running reconciliation fetches it
    primary key (author, peer)
) without rowid;

-- The live dots: what each holds never changes. The author is looked for when the transaction ends (ADR 252).
create table shared_dot (
    author   integer not null references author (key) deferrable initially deferred,
    sequence integer not null,
    model    text    not null,
    record   blob    not null,
    snapshot blob    not null,
    sum      integer not null, -- CRC-32C over all of this; -1 minus that where the content is lost (ADR 231)
    primary key (author, sequence)
) without rowid;
create index shared_dot_record on shared_dot (record);
create index shared_dot_lost on shared_dot (author, sequence) where sum < 0;
-- Assignments are by far the most and are never listed as such; a query names the condition to be served by this.
create index shared_dot_model on shared_dot (model, record) where model <> 'assignment';

-- The one running reconciliation: what a peer covered at its manifest, which of its dots are wanted and what they
-- hold, which of ours are to go.
create table stage (
    only_row integer primary key check (only_row = 1),
    phase    text    not null, -- NONE, MANIFEST, CONTENTS, FOLD
    heals    integer not null, -- whether both covered the same: then nothing is dropped
    number   integer not null, -- the comparison's: another one whenever one begins or is over
    swept    integer not null, -- 0: what comparisons before have left may still lie in stage_want
    -- How far a fold has listed its records: from which table, and up to which dot.
    listing          text    not null, -- stage_want, stage_drop; empty when all are listed
    listing_author   integer not null,
    listing_sequence integer not null
);

create table stage_vector (
    author integer primary key references author (key),
    before integer not null, -- what was covered here at the manifest
    theirs integer not null, -- what the peer covered
    head   integer not null, -- the peer's head of that, 0 when unknown
    mine   integer not null  -- what was covered here when the fold began
);

create table stage_want (
    author   integer not null references author (key),
    sequence integer not null,
    record   blob    not null check (length(record) = 16),
    model    text,
    snapshot blob,             -- null until it has arrived
    newest   integer not null, -- milliseconds of the newest stamp in it
    comparison integer not null, -- which wants it: of an earlier one what it holds is kept, because it never changes
    primary key (author, sequence)
) without rowid;
create index stage_want_record on stage_want (record);
create index stage_want_missing on stage_want (comparison, author, sequence) where snapshot is null;

create table stage_drop (
    author   integer not null references author (key),
    sequence integer not null,
    primary key (author, sequence)
) without rowid;

create table stage_record (
    place  integer not null, -- the model's: what depends on others comes before them
    model  text    not null,
    record blob    not null check (length(record) = 16),
    primary key (place, model, record)
) without rowid;

-- Merged views of the shared models. What they point to may not have arrived yet, so they point by id.
create table tag (
    id          blob primary key check (length(id) = 16),
    name        text not null,
    color       text not null,
    parent      blob,
    parent_time text
) without rowid;

-- Pairs. What is never null is not said to be: what an upsert that could fail by it changes would be copied (ADR 252).
create table assignment (
    id      blob primary key,
    tag     blob,
    subject blob
) without rowid;
create index assignment_tag on assignment (tag, subject);
create index assignment_subject on assignment (subject, tag);

create table collection (
    id   blob primary key check (length(id) = 16),
    name text not null
) without rowid;

create table collection_item (
    id         blob primary key,
    collection blob,
    subject    blob
) without rowid;
create index collection_item_collection on collection_item (collection, subject);
create index collection_item_subject on collection_item (subject, collection);

create table metadata (
    id       blob    primary key check (length(id) = 16),
    subject  blob    not null,
    note     text    not null, -- empty for none, as rating 0
    rating   integer not null,
    favorite integer not null
) without rowid;
create index metadata_subject on metadata (subject);

create table metadata_field (
    metadata blob not null,
    name     text not null,
    value    text not null,
    primary key (metadata, name)
) without rowid;

create table content (
    id        blob    primary key check (length(id) = 16),
    algorithm text    not null,
    hash      blob    not null,
    size      integer not null
) without rowid;

create table member (
    id     blob primary key check (length(id) = 16),
    device blob not null unique check (length(device) = 32)
) without rowid;

create table revoked (
    id     blob primary key check (length(id) = 16),
    device blob not null unique check (length(device) = 32)
) without rowid;

-- Records in whose view a value lost against one that had not seen it, and in how many fields. Made from the dots.
create table conflict (
    model  text    not null,
    record blob    not null check (length(record) = 16),
    fields integer not null,
    primary key (model, record)
) without rowid;

-- Every claim ever heard of; rows of owned streams stand on them.
create table claim (
    key           integer primary key,
    subject       blob    not null check (length(subject) = 16),
    author        integer not null references author (key),
    sequence      integer not null,
    clock_millis  integer not null,
    clock_counter integer not null,
    epoch         integer not null,
    owner         blob    not null check (length(owner) = 32),
    base_author   integer references author (key),
    base_sequence integer,
    base_mark     integer not null,
    unique (author, sequence)
);
create index claim_subject on claim (subject);

-- How far this device holds each stream. root and signature are the owner's word at mark; null while nothing is held
-- exactly, and for streams of this device, which signs when it is asked.
create table stream (
    subject   blob primary key check (length(subject) = 16),
    claim     integer not null references claim (key),
    mark      integer not null, -- the cut held exactly; -1 for none
    received  integer not null, -- rows of cuts up to here have been taken in; at least mark
    asserted  integer not null, -- whether absence counts at mark
    floor     integer not null, -- removals up to here are not listed any more
    root      blob check (length(root) = 32),
    signature blob,
    lacking   integer not null default 0 -- 1 for what this device claimed before it lost its library, until claimed anew
) without rowid;
create index stream_claim on stream (claim);

create table removal (
    claim    integer not null references claim (key),
    sequence integer not null,
    model    text    not null,
    id       blob    not null check (length(id) = 16),
    primary key (claim, sequence)
) without rowid;

-- Owned rows. (claim, sequence) is a row's stamp; extra keeps fields that a newer version wrote.
create table device (
    key      integer primary key,
    id       blob    not null unique check (length(id) = 16),
    claim    integer not null references claim (key),
    sequence integer not null,
    device   blob    not null unique check (length(device) = 32),
    name     text    not null,
    platform text    not null,
    extra    blob
);
create index device_stamp on device (claim, sequence);

create table volume (
    key         integer primary key,
    id          blob    not null unique check (length(id) = 16),
    claim       integer not null references claim (key),
    sequence    integer not null,
    label       text    not null,
    file_system text    not null,
    fs_uuid     text    not null,
    total_bytes integer not null,
    serial      text    not null default '', -- of the hardware
    tracking    integer not null default 0,  -- 0 not by a person, 1 with a marker on it, 2 without one
    away        integer not null default 0,  -- milliseconds since 1970 when the owner missed it, 0 while it is there
    writes      integer not null default 0,  -- of its marker, 0 for any
    nonce       integer not null default 0,
    extra       blob
);
create index volume_stamp on volume (claim, sequence);

create table location (
    key      integer primary key,
    id       blob    not null unique check (length(id) = 16),
    claim    integer not null references claim (key),
    sequence integer not null,
    volume   integer not null references volume (key),
    name     text    not null,
    path     blob    not null, -- from the volume's top, in the bytes of its filesystem
    extra    blob
);
create index location_stamp on location (claim, sequence);
create index location_volume on location (volume);

-- claim null: only its children have arrived yet; nobody sees it.
-- Whether what it points to is there is looked at when the transaction ends: else SQLite copies every page that a
-- statement of many rows changes to a file, to be able to undo that statement alone (ADR 252).
create table entry (
    key      integer primary key,
    id       blob    not null unique,
    claim    integer references claim (key) deferrable initially deferred,
    sequence integer not null,
    location integer not null references location (key) deferrable initially deferred,
    parent   integer references entry (key) deferrable initially deferred,
    name     text    not null, -- as shown
    raw_name blob,             -- the bytes, when they are no UTF-8
    kind     integer not null,
    size     integer not null,
    modified integer not null, -- milliseconds since 1970
    sample   blob,             -- of a big file's content, an algorithm and a digest of parts; null until it was read
    content  blob,             -- an algorithm and a digest of the whole; null until that was read
    extra    blob
);
create index entry_stamp on entry (claim, sequence);
create index entry_folder on entry (parent, location, name); -- parent first: a delete looks for its children

-- Content (ADR 135): what has it, and the files that have not been read yet.
create index entry_sample on entry (sample) where sample is not null;
create index entry_content on entry (content, location) where content is not null;
create index entry_unread on entry (location) where kind = 0 and size > 0 and sample is null and content is null;

-- Files whose sample another has as well: whoever owns them is to read them whole.
create table content_met (
    entry integer primary key references entry (key) on delete cascade deferrable initially deferred
) without rowid;
-- Of those that had the sample before, all are here already, or there was only one.
create trigger entry_sample_added after insert on entry when new.sample is not null begin
    insert into content_met select key from entry where key in
        (select key from (select key from entry where sample = new.sample limit 2) union select new.key)
        and content is null and exists (select 1 from entry where sample = new.sample and key <> new.key)
        and not exists (select 1 from content_met where entry = key);
end;
-- Also when the sample is as before, but what was read whole is not valid any more.
create trigger entry_sample_changed after update of sample, content on entry
when new.sample is not null and new.content is null
        and (old.sample is not new.sample or old.content is not null) begin
    insert into content_met select key from entry where key in
        (select key from (select key from entry where sample = new.sample limit 2) union select new.key)
        and content is null and exists (select 1 from entry where sample = new.sample and key <> new.key)
        and not exists (select 1 from content_met where entry = key);
end;
create trigger entry_content_read after update of content on entry
when new.content is not null and new.sample is not null begin
    delete from content_met where entry = new.key;
end;

-- By what this device's filesystem knows an entry under any name. Never travels, and so is no part of the entry: a drive
-- that is plugged in here does not have its entries written for it.
-- Only folders are looked up by it: nodes come in no order, and an index over those of all files would be written anew from
-- end to end with every few thousand that come.
create table entry_node (
    entry  integer primary key references entry (key) on delete cascade deferrable initially deferred,
    node   integer not null,
    folder integer not null -- 1 for one
) without rowid;
create index entry_node_folder on entry_node (node) where folder = 1;

-- Entries of this device that went while something was noted about them, by what their filesystem knew them: what turns up in
-- another location takes it over (ADR 250). Never travels; the oldest go when it is too many. The volume may be gone: its
-- key would be given again, to another (ADR 254).
create table entry_left (
    key     integer primary key,
    id      blob    not null,
    node    integer not null,
    volume  blob    not null,
    fs_uuid text    not null -- of its filesystem
);
create index entry_left_node on entry_left (node);
create trigger entry_leaves before delete on entry
when exists (select 1 from entry_node where entry = old.key)
    and (exists (select 1 from assignment where subject = old.id)
        or exists (select 1 from metadata where subject = old.id)
        or exists (select 1 from collection_item where subject = old.id))
begin
    insert or fail into entry_left (id, node, volume, fs_uuid) select old.id, n.node, v.id, v.fs_uuid
    from entry_node n join location l on l.key = old.location join volume v on v.key = l.volume where n.entry = old.key;
    delete from entry_left where key <= (select max(key) from entry_left) - 10000;
end;

-- What the last scan saw in each folder that it read to the end (ADR 240): as long as a walk sees the same, the folder's
-- rows are right and none is read. Void, as digest 0 and 0, when a row in the folder was put in, changed or taken out; gone
-- when the folder is another. A scan notes what it saw after all that it wrote.
create table folder_sight (
    folder   integer primary key, -- key of entry; minus that of the location for its top
    location integer not null,
    parent   integer not null,    -- key of entry, 0 for the top
    node     integer not null,
    name     integer not null,    -- a hash
    first    integer not null,    -- of the digest
    second   integer not null,
    children integer not null
);
create index folder_sight_location on folder_sight (location);
create trigger folder_sight_added after insert on entry begin
    update folder_sight set first = 0, second = 0 where folder = coalesce(new.parent, -new.location) and first <> 0;
end;
create trigger folder_sight_changed after update of location, parent, name, raw_name, kind, size, modified on entry begin
    update folder_sight set first = 0, second = 0
        where folder in (coalesce(old.parent, -old.location), coalesce(new.parent, -new.location)) and first <> 0;
    delete from folder_sight where folder = old.key and old.kind = 1 and (new.kind <> 1 or new.name <> old.name
        or new.raw_name is not old.raw_name or new.parent is not old.parent or new.location <> old.location);
end;
create trigger folder_sight_gone after delete on entry begin
    update or fail folder_sight set first = 0, second = 0 where folder = coalesce(old.parent, -old.location) and first <> 0;
    delete from folder_sight where folder = old.key and old.kind = 1;
end;
create trigger folder_sight_moved after update on entry_node when new.node <> old.node begin
    update folder_sight set first = 0, second = 0 where first <> 0 and folder =
        (select coalesce(parent, -location) from entry where key = old.entry);
    delete from folder_sight where folder = old.entry;
end;

-- Rows of owned models that this version does not know: kept and passed on.
create table other_row (
    id       blob primary key check (length(id) = 16),
    model    text    not null,
    subject  blob    not null,
    claim    integer not null references claim (key),
    sequence integer not null,
    fields   blob    not null
) without rowid;
create index other_row_stamp on other_row (claim, sequence);

-- What stretches of the streams hash to, by the claim that their rows stand on and sequence / 512. A stretch with a row
-- in it has a line for each location, or is stale; a trigger sees to what leaves one. Not by `or ignore`: within an upsert
-- SQLite takes the upsert's word for that, and fails.
create table leaf (
    claim    integer not null references claim (key),
    number   integer not null,
    location integer not null, -- key of the location that the rows lie in, 0 for none
    hash     blob    not null check (length(hash) = 32),
    primary key (claim, number, location)
) without rowid;

create table stale_leaf (
    claim  integer not null references claim (key) deferrable initially deferred,
    number integer not null,
    primary key (claim, number)
) without rowid;

create trigger entry_changed after update of
    claim, sequence, location, parent, name, raw_name, kind, size, modified, sample, content, extra on entry begin
    insert into stale_leaf select old.claim, old.sequence / 512 where old.claim is not null and not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
    insert into stale_leaf select new.claim, new.sequence / 512 where new.claim is not null and not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger entry_gone after delete on entry when old.claim is not null and not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512) begin
    insert or fail into stale_leaf values (old.claim, old.sequence / 512);
end;
create trigger device_added after insert on device begin
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger device_changed after update on device begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger device_gone after delete on device begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
end;
create trigger volume_added after insert on volume begin
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger volume_changed after update on volume begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger volume_gone after delete on volume begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
end;
create trigger location_added after insert on location begin
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger location_changed after update on location begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger location_gone after delete on location begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
end;
create trigger other_row_added after insert on other_row begin
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger other_row_changed after update on other_row begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
    insert into stale_leaf select new.claim, new.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = new.claim and number = new.sequence / 512);
end;
create trigger other_row_gone after delete on other_row begin
    insert into stale_leaf select old.claim, old.sequence / 512 where not exists
        (select 1 from stale_leaf where claim = old.claim and number = old.sequence / 512);
end;

-- Names for the search, as grams (ADR 131): made of entry by jobs of the writer. Rows of entry with a greater key than
-- covered, and those whose name changed since, are not in it as they are; whoever searches looks at them one by one.
create virtual table entry_fts using fts5 (grams, content = '', contentless_delete = 1, tokenize = 'ascii');
-- What was deleted is left where it is until upkeep writes the index anew (ADR 255).
insert into entry_fts (entry_fts, rank) values ('deletemerge', 0);
create table search_state (
    only_row   integer primary key check (only_row = 1),
    covered    integer not null,
    holes      integer not null, -- names taken out since it was last written anew
    compacting integer not null  -- pages that a job writes anew; 0 while none does
);
insert into search_state values (1, 0, 0, 0);
create table search_stale (
    key integer primary key
) without rowid;
-- Keys of entries that went while the index may have had their names: their turn comes later (ADR 255). Each is out of the
-- index before one that is given again, to another entry, goes in.
create table search_gone (
    key integer primary key
) without rowid;
create trigger entry_text_gone after delete on entry begin
    insert or ignore into search_gone values (old.key);
    delete from search_stale where key = old.key;
end;
-- The keys beyond the greatest are given again, to others: also those that the index had come to before greater ones went.
create trigger entry_key_freed after delete on entry when not exists (select 1 from entry where key > old.key) begin
    update or fail search_state set covered = (select coalesce(max(key), 0) from entry)
        where covered > (select coalesce(max(key), 0) from entry);
end;
create trigger entry_text_changed after update of name on entry when old.name is not new.name begin
    insert into search_stale select new.key where new.key <= (select covered from search_state)
        and not exists (select 1 from search_stale where key = new.key);
end;

-- What only this device knows.
create table volume_here (
    volume      blob primary key check (length(volume) = 16),
    mount_point blob    not null,
    recognised  text    not null, -- by what the volume is known again
    guessed     integer not null default 0 -- 1 when that is only like it, until its locations were scanned
) without rowid;

create table location_here (
    location      blob primary key check (length(location) = 16),
    scanned_under integer not null -- the claim under which a scan came to its end
) without rowid;

-- Locations whose entries this device does not keep, and what those hash to at the stream's mark.
create table not_kept (
    location blob primary key check (length(location) = 16),
    root     blob check (length(root) = 32)
) without rowid;

create table peer (
    device    blob primary key check (length(device) = 32),
    addresses text not null,
    last_seen integer,
    last_sync integer,
    paused    integer not null default 0, -- nothing is exchanged with it
    rate      integer not null default 0  -- bytes a second at most, each way; 0 for as many as go
) without rowid;

create table setting (
    name  text primary key,
    value text not null
) without rowid;
