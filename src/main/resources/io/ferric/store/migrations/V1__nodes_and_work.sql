-- Plain SQL that H2 and PostgreSQL both read. JSON is kept as text: the two databases bind their JSON types differently,
-- and nothing here searches inside it.

create table node (
    uuid                   uuid primary key,
    name                   varchar,
    driver                 varchar not null,
    driver_info            varchar not null,
    instance_info          varchar not null,
    properties             varchar not null,
    extra                  varchar not null,
    instance_uuid          uuid,
    resource_class         varchar,
    power_state            varchar,
    target_power_state     varchar,
    provision_state        varchar not null,
    target_provision_state varchar,
    provision_updated_at   timestamp with time zone,
    last_error             varchar,
    internal_info          varchar not null,
    maintenance            boolean not null,
    maintenance_reason     varchar,
    fault                  varchar,
    reservation            varchar,
    -- the durable work that holds the reservation, how often it was begun, and why it failed if it did
    visit                  varchar,
    visit_attempts         int not null,
    visit_failure          varchar,
    created_at             timestamp with time zone not null,
    updated_at             timestamp with time zone,
    constraint node_name_unique unique (name),
    constraint node_instance_unique unique (instance_uuid)
);

create index node_provision_state on node (provision_state);

create table port (
    uuid       uuid primary key,
    node_uuid  uuid not null references node (uuid) on delete cascade,
    address    varchar not null,
    extra      varchar not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone,
    constraint port_address_unique unique (address)
);

create index port_node on port (node_uuid);

create table history (
    id        bigint generated always as identity primary key,
    node_uuid uuid not null references node (uuid) on delete cascade,
    happened  timestamp with time zone not null,
    step      varchar not null,
    message   varchar not null,
    severity  varchar not null
);

create index history_node on history (node_uuid, id);

create table shared_object (
    name       varchar primary key,
    state      varchar not null,
    claim_host varchar,
    claim_run  uuid,
    claimed_at timestamp with time zone
);

create table shared_object_user (
    name      varchar not null references shared_object (name) on delete cascade,
    node_uuid uuid not null,
    primary key (name, node_uuid)
);

-- the table db-scheduler works on
create table scheduled_tasks (
    task_name            varchar not null,
    task_instance        varchar not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean not null,
    picked_by            varchar,
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures int,
    last_heartbeat       timestamp with time zone,
    version              bigint not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
