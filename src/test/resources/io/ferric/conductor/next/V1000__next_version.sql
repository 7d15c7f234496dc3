-- what a next version might add to every table that conductors work on
alter table node add column next_version varchar;
alter table history add column next_version varchar;
alter table conductor add column next_version varchar default 'next';
alter table allocation add column next_version varchar;
alter table bmc_action add column next_version varchar;
alter table port add column next_version varchar;
alter table shared_object add column next_version varchar;
create table next_version (id integer primary key);
