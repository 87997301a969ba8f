-- Devices, their profiles and credentials.
-- varchar, never text: Hibernate's schema validation in development complains about text.
-- Names sort by bytes (collate "C"), so that keyset paging means the same here and in Java.

create table profiles (
    name                varchar(64) collate "C" primary key,
    strict              boolean not null,
    readings_per_second integer not null check (readings_per_second > 0),
    burst               integer not null check (burst > 0),
    metrics             varchar not null check (jsonb_typeof(metrics::jsonb) = 'array'),
    version             bigint  not null default 0
);

insert into profiles (name, strict, readings_per_second, burst, metrics) values ('default', false, 1000, 2000, '[]');

create table devices (
    id         varchar(64) collate "C" primary key,
    name       varchar(200) not null,
    group_name varchar(64) collate "C",
    profile    varchar(64) collate "C" not null references profiles (name),
    enabled    boolean not null,
    created_at timestamptz not null default now(),
    version    bigint not null default 0
);
create index devices_by_group on devices (group_name, id);
create index devices_by_profile on devices (profile);

-- The SHA-256 of each token; the token itself is told once and kept nowhere.
create table device_tokens (
    id         bigint generated always as identity primary key,
    device_id  varchar(64) collate "C" not null references devices (id) on delete cascade,
    hash       bytea not null unique check (length(hash) = 32),
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz
);
create index device_tokens_by_device on device_tokens (device_id);

-- Every change tells the instances' directories, whichever way it was made. Equal notifications of one transaction are
-- sent once. Payload: kind, ':', name.
create function notify_registry() returns trigger language plpgsql as
$$
begin
    if tg_table_name = 'profiles' then
        perform pg_notify('sluice_registry', 'profile:' || coalesce(new.name, old.name));
    elsif tg_table_name = 'devices' then
        perform pg_notify('sluice_registry', 'device:' || coalesce(new.id, old.id));
    else
        perform pg_notify('sluice_registry', 'device:' || coalesce(new.device_id, old.device_id));
    end if;
    return null;
end
$$;
create trigger profiles_changed after insert or update or delete on profiles
    for each row execute function notify_registry();
create trigger devices_changed after insert or update or delete on devices
    for each row execute function notify_registry();
create trigger device_tokens_changed after insert or update or delete on device_tokens
    for each row execute function notify_registry();
