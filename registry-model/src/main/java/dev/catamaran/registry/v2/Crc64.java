package dev.catamaran.registry.v2;

/** CRC-64 as JRaft computes it: ECMA-182, not reflected, no inversion (spec: jraft-groups 4.2). */
final class Crc64 {

    private static final long POLYNOMIAL = 0x42F0E1EBA9EA3693L;
    private static final int TABLE_SIZE = 256;

    private Crc64() {}

    static long of(byte[] bytes) {
        long[] table = table();
        long crc = 0;
        for (byte next : bytes) {
            crc = table[((int) (crc >>> 56) ^ next) & 0xff] ^ (crc << 8);
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
