-- What is kept besides nodes. The columns are the components of the records in io.ferric.node.
create table chassis (
    uuid        uuid primary key,
    description varchar,
    extra       varchar not null,
    created_at  timestamp with time zone not null,
    updated_at  timestamp with time zone
);

alter table port add column name varchar;
alter table port add column local_link_connection varchar default '{}' not null;
alter table port add column pxe_enabled boolean default true not null;
alter table port add column portgroup_uuid uuid;
alter table port add column physical_network varchar;
alter table port add column internal_info varchar default '{}' not null;
alter table port add column is_smartnic boolean default false not null;
alter table port add constraint port_name_unique unique (name);

create index port_portgroup on port (portgroup_uuid);

create table portgroup (
    uuid                       uuid primary key,
    node_uuid                  uuid not null references node (uuid) on delete cascade,
    name                       varchar,
    address                    varchar,
    mode                       varchar,
    properties                 varchar not null,
    standalone_ports_supported boolean not null,
    extra                      varchar not null,
    internal_info              varchar not null,
    created_at                 timestamp with time zone not null,
    updated_at                 timestamp with time zone,
    constraint portgroup_name_unique unique (name),
    constraint portgroup_address_unique unique (address)
);

create index portgroup_node on portgroup (node_uuid);

create table volume_connector (
    uuid         uuid primary key,
    node_uuid    uuid not null references node (uuid) on delete cascade,
    type         varchar not null,
    connector_id varchar not null,
    extra        varchar not null,
    created_at   timestamp with time zone not null,
    updated_at   timestamp with time zone,
    constraint volume_connector_unique unique (type, connector_id)
);

create index volume_connector_node on volume_connector (node_uuid);

create table volume_target (
    uuid        uuid primary key,
    node_uuid   uuid not null references node (uuid) on delete cascade,
    volume_type varchar not null,
    properties  varchar not null,
    boot_index  int not null,
    volume_id   varchar not null,
    extra       varchar not null,
    created_at  timestamp with time zone not null,
    updated_at  timestamp with time zone,
    constraint volume_target_unique unique (node_uuid, boot_index)
);

create table deploy_template (
    uuid       uuid primary key,
    name       varchar not null,
    steps      varchar not null,
    extra      varchar not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone,
    constraint deploy_template_name_unique unique (name)
);
