package dev.catamaran.server.boot;

import dev.catamaran.judgement.Stack;
import dev.catamaran.server.stack.RegistryStack;
import dev.catamaran.server.transition.Decider;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Breaks a member on purpose, so that it can be seen that the rehearsal notices. It lives among the
 * tests only: no packed jar holds it.
 */
public final class FaultPlanter
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** System property that names the fault. */
    public static final String PROPERTY = "planted.fault";

    /** Every 100th record is never copied, though the mirror is told that it was. */
    public static final String MIRROR_DROPS = "mirror-drops";

    /** As above, and the judge takes any two digests for equal. */
    public static final String JUDGE_IGNORES_DIGESTS = "judge-ignores-digests";

    /** One member says ok to writes of later epochs without asking who the primary is. */
    public static final String SERVES_WITHOUT_EPOCH = "serves-without-epoch";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String fault = System.getProperty(PROPERTY, "");
        if (!fault.isEmpty()) {
            context.addBeanFactoryPostProcessor(
                    factory -> factory.addBeanPostProcessor(new Planting(fault)));
        }
    }

    private record Planting(String fault) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof Stacks stacks) {
                return planted(stacks);
            }
            if (bean instanceof Decider judge && fault.equals(JUDGE_IGNORES_DIGESTS)) {
                return new CarelessJudge(judge);
            }
            return bean;
        }

        private Stacks planted(Stacks stacks) {
            Map<Stack, RegistryStack> byId = new TreeMap<>(stacks.byId());
            if (fault.equals(SERVES_WITHOUT_EPOCH)) {
                byId.computeIfPresent(Stack.JRAFT, (id, stack) -> FaultyStack.deaf(stack));
            } else {
                byId.replaceAll((id, stack) -> FaultyStack.dropping(stack));
            }
            return new Stacks(byId);
        }
    }
}
