package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.DurableFiles;
import dev.catamaran.tool.home.TreeManifest;
import dev.catamaran.tool.rebuild.GroupTask;
import dev.catamaran.tool.rebuild.HomeFacts;
import dev.catamaran.tool.rebuild.Member;
import dev.catamaran.tool.rebuild.RebuildPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Plans and fingerprints as JSON files. Members stand in them as in cluster.conf. */
public final class PlanFile {

    private static final int FORMAT = 1;

    /** A plan or fingerprint of a million entries has some hundred kilobytes. */
    private static final long LARGEST = 256L << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .addModule(members())
                    .build();

    private PlanFile() {}

    private record Stored(int format, String kind, RebuildPlan plan) {}

    private record Print(int format, String kind, String digest, HomeFacts fingerprint) {

        static Print of(HomeFacts facts) {
            return new Print(FORMAT, "fingerprint", digestOf(facts), facts);
        }

        /** Over the facts as they are written, so that a changed file is noticed. */
        static String digestOf(HomeFacts facts) {
            return TreeManifest.sha256(JSON.writeValueAsBytes(facts));
        }
    }

    /** How reading ended. */
    public sealed interface Reading<T> {
        /** The file says this. */
        record Read<T>(T value) implements Reading<T> {}

        /** The file is not usable. */
        record Broken<T>(String because) implements Reading<T> {}
    }

    /**
     * Writes a plan.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(Path file, RebuildPlan plan) throws IOException {
        DurableFiles.replace(
                file.toAbsolutePath(), JSON.writeValueAsBytes(new Stored(FORMAT, "plan", plan)));
    }

    /** A plan as a tree, to be put into a greater JSON object. */
    public static JsonNode tree(RebuildPlan plan) {
        return JSON.valueToTree(plan);
    }

    /** Reads a plan from such a tree, as text. */
    public static Reading<RebuildPlan> ofTree(String tree) {
        Reading<RebuildPlan> plan = parse(tree, RebuildPlan.class);
        return plan instanceof Reading.Read<RebuildPlan> read ? usable(read.value()) : plan;
    }

    /**
     * Reads a plan.
     *
     * @throws IOException if the file cannot be read
     */
    public static Reading<RebuildPlan> read(Path file) throws IOException {
        Reading<Stored> stored = parse(file, Stored.class);
        if (stored instanceof Reading.Broken<Stored> broken) {
            return new Reading.Broken<>(broken.because());
        }
        Stored read = ((Reading.Read<Stored>) stored).value();
        if (read.format() != FORMAT || !"plan".equals(read.kind()) || read.plan() == null) {
            return new Reading.Broken<>("it is no plan of this version");
        }
        return usable(read.plan());
    }

    /** A plan somebody edited may say what none of ours does. */
    private static Reading<RebuildPlan> usable(RebuildPlan plan) {
        try {
            plan.addressMap();
            plan.rebuildMode();
        } catch (IllegalArgumentException e) {
            return new Reading.Broken<>(e.getMessage());
        }
        for (RebuildPlan.Target target : plan.targets()) {
            for (GroupTask task : target.tasks()) {
                if (!task.group().matches("[A-Za-z0-9_.-]{1,200}")
                        || task.group().startsWith(".")) {
                    return new Reading.Broken<>("it names a group '" + task.group() + "'");
                }
            }
        }
        return plan.id().equals(plan.idOfContent())
                ? new Reading.Read<>(plan)
                : new Reading.Broken<>("it was changed after it was made; plan again");
    }

    /**
     * Writes the fingerprint of a home.
     *
     * @throws IOException if it cannot be written
     */
    public static void writeFingerprint(Path file, HomeFacts facts) throws IOException {
        DurableFiles.replace(file.toAbsolutePath(), JSON.writeValueAsBytes(Print.of(facts)));
    }

    /**
     * Reads the fingerprint of a home.
     *
     * @throws IOException if the file cannot be read
     */
    public static Reading<HomeFacts> readFingerprint(Path file) throws IOException {
        Reading<Print> print = parse(file, Print.class);
        if (print instanceof Reading.Broken<Print> broken) {
            return new Reading.Broken<>(broken.because());
        }
        Print read = ((Reading.Read<Print>) print).value();
        if (read.format() != FORMAT
                || !"fingerprint".equals(read.kind())
                || read.fingerprint() == null) {
            return new Reading.Broken<>("it is no fingerprint of this version");
        }
        return Print.digestOf(read.fingerprint()).equals(read.digest())
                ? new Reading.Read<>(read.fingerprint())
                : new Reading.Broken<>("it was changed after it was made; make it again");
    }

    private static <T> Reading<T> parse(Path file, Class<T> type) throws IOException {
        if (Files.size(file) > LARGEST) {
            return new Reading.Broken<>("it is larger than any of ours");
        }
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), type);
    }

    private static <T> Reading<T> parse(String text, Class<T> type) {
        try {
            T value = JSON.readValue(text, type);
            return value == null ? new Reading.Broken<>("it is empty") : new Reading.Read<>(value);
        } catch (JacksonException e) {
            return new Reading.Broken<>("it is no JSON of this tool, or it was cut off or edited");
        } catch (IllegalArgumentException | NullPointerException e) {
            return new Reading.Broken<>("it lacks something, or it was edited");
        }
    }

    private static SimpleModule members() {
        SimpleModule module = new SimpleModule("members");
        module.addSerializer(Member.class, new ToText());
        module.addDeserializer(Member.class, new OfText());
        module.addKeySerializer(Member.class, new ToKey());
        module.addKeyDeserializer(Member.class, new OfKey());
        return module;
    }

    private static Member member(String text) {
        Optional<Member> member = Member.parse(text);
        return member.orElseThrow(() -> new IllegalArgumentException("no member: " + text));
    }

    private static final class ToText extends ValueSerializer<Member> {
        @Override
        public void serialize(Member member, JsonGenerator out, SerializationContext context) {
            out.writeString(member.toString());
        }
    }

    private static final class OfText extends ValueDeserializer<Member> {
        @Override
        public Member deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getString();
            return Member.parse(text)
                    .orElseThrow(
                            () -> context.weirdStringException(text, Member.class, "no member"));
        }
    }

    private static final class ToKey extends ValueSerializer<Member> {
        @Override
        public void serialize(Member member, JsonGenerator out, SerializationContext context) {
            out.writeName(member.toString());
        }
    }

    private static final class OfKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return member(key);
        }
    }
}
