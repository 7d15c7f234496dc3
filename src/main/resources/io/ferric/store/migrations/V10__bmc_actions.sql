-- What was done to BMCs: never changed, each entry sealed together with the one before it. It outlives its nodes.
create table bmc_action (
    number    bigint primary key,
    happened  timestamp with time zone not null,
    conductor varchar not null,
    node_uuid uuid not null,
    work      varchar not null,
    action    varchar not null,
    address   varchar not null,
    protocol  varchar not null,
    result    varchar not null,
    hash      varchar not null
);

create index bmc_action_node on bmc_action (node_uuid, number);

-- the end of the chain; whoever adds an entry locks it
create table bmc_action_head (
    only_row int primary key,
    number   bigint not null,
    hash     varchar not null
);

insert into bmc_action_head (only_row, number, hash) values (1, 0, '');
