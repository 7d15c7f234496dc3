-- What is kept besides nodes. The columns are the components of the records in io.ferric.node.
create table chassis (
    uuid        uuid primary key,
    description varchar,
    extra       varchar not null,
    created_at  timestamp with time zone not null,
    updated_at  timestamp with time zone
);
