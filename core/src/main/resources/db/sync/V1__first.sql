-- The log: a fast path for peers. This file may be deleted at any time, nothing is lost with it.

create table origin (
    only_row   integer primary key check (only_row = 1),
    author     blob    not null check (length(author) = 16),
    open_count integer not null
);

create table logged_group (
    arrival integer primary key autoincrement,
    author  blob    not null check (length(author) = 16),
    first   integer not null,
    last    integer not null,
    bytes   blob    not null,
    unique (author, first)
);

create table ack (
    peer     blob    not null check (length(peer) = 32),
    author   blob    not null check (length(author) = 16),
    sequence integer not null,
    primary key (peer, author)
) without rowid;
