-- Nodes asked for by what they are. Whether a node is given away is said by its own allocation_uuid, which changes in the
-- same transaction as the allocation's state.
create table allocation (
    uuid uuid primary key,
    name varchar,
    state varchar not null,
    node_uuid uuid references node (uuid) on delete cascade,
    resource_class varchar,
    traits varchar not null,
    candidate_nodes varchar not null,
    owner varchar,
    extra varchar not null,
    last_error varchar,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone,
    constraint allocation_name unique (name)
);

create index allocation_node on allocation (node_uuid);
create index allocation_age on allocation (created_at, uuid);
create unique index node_allocation on node (allocation_uuid);

-- The conductors there are, each telling from time to time that it still lives.
create table conductor (
    host varchar primary key,
    drivers varchar not null,
    online boolean not null,
    heartbeat_at timestamp with time zone not null,
    created_at timestamp with time zone not null
);
