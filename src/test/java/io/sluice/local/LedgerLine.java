package io.sluice.local;

/**
 * An acknowledged message, as the simulator's ledger has it.
 *
 * @param rejected how many of its records
 * @param sendings how often it was sent
 */
public record LedgerLine(MessageId id, int records, int rejected, int sendings) {
    static LedgerLine parse(String line) {
        String[] cells = line.split("\t");
        return new LedgerLine(
                new MessageId(cells[0], cells[1], Long.parseLong(cells[2])),
                Integer.parseInt(cells[3]),
                Integer.parseInt(cells[4]),
                Integer.parseInt(cells[5]));
    }
}
