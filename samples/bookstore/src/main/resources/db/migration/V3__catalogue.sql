-- The read model of the bookstore, and the rates that it depends on. They lie beside the events and the tokens: a row
-- changes in the transaction in which the token of its segment advances, a rate in the one that stores the effect.

-- What one euro is in other currencies.
create table rate (
    currency varchar(3) not null primary key,
    rate     numeric    not null
);
insert into rate (currency, rate) values ('USD', 1.08);

-- One row for each book, with the price at the rate of the moment at which the row was written. Books of before there
-- was a catalogue have no currency until they are revised.
create table catalogue (
    isbn      varchar(255) not null primary key,
    title     varchar      not null,
    genre     varchar,
    price     numeric      not null,
    currency  varchar(3),
    rate      numeric,
    converted numeric,
    revision  varchar      not null
);
