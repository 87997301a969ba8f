package io.sluice.bench.bare;

/** Where messages go; whether one is durable its {@link BareConnection} is told. */
interface Sink {
    void store(BareConnection connection, byte[] key, byte[] message);
}
