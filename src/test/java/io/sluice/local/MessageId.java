package io.sluice.local;

/** What de-duplication goes by (device protocol section 4). */
public record MessageId(String device, String epoch, long seq) {}
