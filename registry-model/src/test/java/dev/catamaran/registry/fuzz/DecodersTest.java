package dev.catamaran.registry.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decoders answer with a value or their own refusal, whatever they are given. */
class DecodersTest {

    private static final List<byte[]> SEEDS = AnyDecoder.seeds();

    @ParameterizedTest
    @EnumSource
    void everyDecoderAnswersRealInputOfAllOthers(AnyDecoder decoder) {
        SEEDS.forEach(decoder::feed);
        decoder.feed(new byte[0]);
    }

    /** Two inputs for each try and each decoder: one mutated, one cut besides. */
    @Property(tries = 2_000)
    void everyDecoderAnswersMutatedInput(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] input = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            input[random.nextInt(input.length)] = (byte) random.nextInt(256);
        }
        byte[] cut = Arrays.copyOf(input, random.nextInt(input.length + 1));
        for (AnyDecoder decoder : AnyDecoder.values()) {
            decoder.feed(input);
            decoder.feed(cut);
        }
    }
}
