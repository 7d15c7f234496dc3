-- What tells this database from every other: two that share one Swift container must not touch each other's ISOs. One
-- row, made when the database is first opened.
create table installation (
    only_row int  primary key,
    id       uuid not null
);
