package io.ferric.ilo.client;

import io.ferric.ilo.wire.IloProtocol;

/** What an iLO answered, and the protocol it was asked in. */
public record Answer<T>(T value, IloProtocol protocol) {}
