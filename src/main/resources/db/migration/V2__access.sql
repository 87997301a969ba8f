-- Operators, their sessions and tickets (SHA-256 only), and what they did.

create table operators (
    name          varchar(64) collate "C" primary key,
    password_hash varchar(100) not null,
    role          varchar(16) not null check (role in ('viewer', 'operator', 'admin')),
    created_at    timestamptz not null default now(),
    version       bigint not null default 0
);

create table operator_sessions (
    hash       bytea primary key check (length(hash) = 32),
    operator   varchar(64) collate "C" not null references operators (name) on delete cascade,
    created_at timestamptz not null default now(),
    used_at    timestamptz not null default now()
);
create index operator_sessions_by_operator on operator_sessions (operator);
create index operator_sessions_by_use on operator_sessions (used_at);

create table operator_tickets (
    hash       bytea primary key check (length(hash) = 32),
    operator   varchar(64) collate "C" not null references operators (name) on delete cascade,
    expires_at timestamptz not null
);
create index operator_tickets_by_end on operator_tickets (expires_at);

create table audit (
    id       bigint generated always as identity primary key,
    at       timestamptz not null default now(),
    operator varchar(64) not null,
    address  varchar(64) not null,
    action   varchar(16) not null,
    target   varchar(300) not null,
    status   integer not null
);
create index audit_by_time on audit (at);
