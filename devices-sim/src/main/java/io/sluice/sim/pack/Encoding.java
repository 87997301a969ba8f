package io.sluice.sim.pack;

/** How a device speaks: the subprotocol it offers and the kind of frame its packs travel in (device protocol sections 1, 2). */
public enum Encoding {
    JSON("sluice.v1.senml+json"),
    CBOR("sluice.v1.senml+cbor");

    private final String subprotocol;

    Encoding(String subprotocol) {
        this.subprotocol = subprotocol;
    }

    public String subprotocol() {
        return subprotocol;
    }

    public boolean isText() {
        return this == JSON;
    }

    public PackWriter writer() {
        return this == JSON ? new JsonPackWriter() : new CborPackWriter();
    }
}
