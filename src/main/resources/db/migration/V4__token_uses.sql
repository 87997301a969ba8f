-- When each token last opened a connection or authenticated a POST, or its connection closed. Apart from device_tokens,
-- whose every change is told to all directories.
create table device_token_uses (
    token_id bigint primary key references device_tokens (id) on delete cascade,
    used_at  timestamptz not null
);
