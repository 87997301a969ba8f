-- Final rollups, from the topic rollups.history. One partition a day (UTC), so that what is too old goes as a whole.

create table rollup_history (
    kind      varchar     collate "C" not null,
    id        varchar     collate "C" not null,
    metric    varchar     collate "C" not null,
    unit      varchar     collate "C" not null, -- '' for none
    length    bigint      not null,             -- ms
    start_at  timestamptz not null,
    count     bigint      not null,
    -- Null where a figure is not finite, and all of them where the window holds text.
    min       float8,
    max       float8,
    mean      float8,
    stddev    float8,
    last      float8,
    last_text varchar,
    sketch    bytea,
    primary key (kind, id, metric, length, unit, start_at)
) partition by range (start_at);

-- What is on its way for a device that was purged must not come back: nothing of it from before that moment is stored.
create table purged_histories (
    device    varchar(64) collate "C" primary key,
    purged_at timestamptz not null
);

-- Several instances ask for the same day at once; the lock lets one make it. Attaching lets readers and writers of the
-- other days go on, which "create table ... partition of" does not.
create function make_history_partition(day date) returns void language plpgsql as
$$
declare
    part text := 'rollup_history_' || to_char(day, 'YYYYMMDD');
begin
    perform pg_advisory_xact_lock(hashtext('rollup_history'));
    -- Asked of the table itself: to_regclass may answer from before the lock.
    if not exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
                    where i.inhparent = 'rollup_history'::regclass and c.relname = part) then
        execute format('create table %I (like rollup_history including all)', part);
        execute format('alter table rollup_history attach partition %I for values from (%L) to (%L)', part,
                       day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end if;
end
$$;

-- Dropping waits for whoever reads or writes the table, and everybody behind waits for it: briefly, or not at all this time.
create function drop_history_before(day date) returns integer language plpgsql set lock_timeout = '2s' as
$$
declare
    part    text;
    dropped integer := 0;
begin
    perform pg_advisory_xact_lock(hashtext('rollup_history'));
    for part in
        select c.relname
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = 'rollup_history'::regclass
           and c.relname < 'rollup_history_' || to_char(day, 'YYYYMMDD')
    loop
        execute format('drop table %I', part);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;
