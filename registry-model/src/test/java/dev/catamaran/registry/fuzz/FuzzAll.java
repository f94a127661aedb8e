package dev.catamaran.registry.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs Jazzer on decoders, each in a process of its own, and stops at the first finding. Arguments:
 * seconds for each, then names of decoders, or none for all. Corpus and findings lie in {@code
 * target/fuzz}.
 */
public final class FuzzAll {

    private FuzzAll() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String seconds = args.length > 0 ? args[0] : "60";
        List<AnyDecoder> decoders =
                args.length > 1 && !args[1].equals("ALL")
                        ? Arrays.stream(args).skip(1).map(AnyDecoder::valueOf).toList()
                        : List.of(AnyDecoder.values());
        for (AnyDecoder decoder : decoders) {
            Path corpus = Path.of("target", "fuzz", decoder.name());
            Files.createDirectories(corpus);
            List<byte[]> seeds = AnyDecoder.seeds();
            for (int i = 0; i < seeds.size(); i++) {
                Files.write(corpus.resolve("seed-" + i), seeds.get(i));
            }
            Process process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx1g",
                                    "-Dfuzz.decoder=" + decoder,
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "com.code_intelligence.jazzer.Jazzer",
                                    "--target_class=" + DecoderFuzz.class.getName(),
                                    "--instrumentation_includes=dev.catamaran.**:com.caucho.**",
                                    "-artifact_prefix=" + corpus.getParent() + "/",
                                    "-max_len=8192",
                                    "-max_total_time=" + seconds,
                                    corpus.toString())
                            .inheritIO()
                            .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        decoder + " failed (status " + status + "); the input is in target/fuzz");
            }
        }
    }
}
