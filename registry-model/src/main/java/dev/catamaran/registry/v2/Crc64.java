package dev.catamaran.registry.v2;

/** CRC-64 as JRaft computes it: ECMA-182, not reflected, no inversion (spec: jraft-groups 4.2). */
public final class Crc64 {

    private static final long POLYNOMIAL = 0x42F0E1EBA9EA3693L;
    private static final int TABLE_SIZE = 256;
    private static final long[] TABLE = table();

    private Crc64() {}

    public static long of(byte[] bytes) {
        return of(0, bytes, 0, bytes.length);
    }

    /**
     * The checksum of more bytes.
     *
     * @param before checksum of what came before; 0 for nothing
     */
    public static long of(long before, byte[] bytes, int offset, int length) {
        long crc = before;
        for (int i = offset; i < offset + length; i++) {
            crc = TABLE[((int) (crc >>> 56) ^ bytes[i]) & 0xff] ^ (crc << 8);
        }
        return crc;
    }

    private static long[] table() {
        long[] table = new long[TABLE_SIZE];
        for (int i = 0; i < TABLE_SIZE; i++) {
            long crc = (long) i << 56;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
