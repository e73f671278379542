-- The log: a fast path for peers. This file may be deleted at any time, nothing is lost with it.

create table origin (
    only_row   integer primary key check (only_row = 1),
    author     blob    not null check (length(author) = 16),
    open_count integer not null
);

-- Without an index and without a counter of its own, so that a group is written to one page: every page more is one that
-- the next checkpoint copies. Which groups are here is read once and known from then on.
create table logged_group (
    arrival integer primary key,
    author  blob    not null check (length(author) = 16),
    first   integer not null,
    last    integer not null,
    bytes   blob    not null
);

create table ack (
    peer     blob    not null check (length(peer) = 32),
    author   blob    not null check (length(author) = 16),
    sequence integer not null,
    primary key (peer, author)
) without rowid;

-- What happened, for people. The oldest go first.
create table sync_event (
    id         integer primary key autoincrement,
    time       integer not null, -- milliseconds since 1970
    level      text    not null,
    kind       text    not null,
    peer       blob,             -- a device's key
    talk       integer not null, -- the conversation, the same number on both sides; 0 for none
    parameters text    not null  -- name=value, one a line
);
