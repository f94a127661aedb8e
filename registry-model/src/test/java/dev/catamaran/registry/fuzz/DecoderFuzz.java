package dev.catamaran.registry.fuzz;

/**
 * The entry point that Jazzer calls. Which decoder is fed stands in the system property {@code
 * fuzz.decoder}; {@link FuzzAll} runs one after the other.
 */
public final class DecoderFuzz {

    private static final AnyDecoder DECODER =
            AnyDecoder.valueOf(System.getProperty("fuzz.decoder", "LEGACY_DATUM"));

    private DecoderFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        DECODER.feed(input);
    }
}
