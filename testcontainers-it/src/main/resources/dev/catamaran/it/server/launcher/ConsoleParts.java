package dev.catamaran.it.launcher;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the server's modules expect the console module to bring. All of it is found by name, because
 * not every version has it.
 */
@Configuration
public class ConsoleParts {

    private static final String[] CONTROLLERS = {
        "com.alibaba.nacos.core.controller",
        "com.alibaba.nacos.naming.controllers",
        "com.alibaba.nacos.config.server.controller"
    };

    /**
     * Tells the server which method answers which path. A server that was not told answers every
     * naming write with 501, "no such api".
     */
    @Bean
    public InitializingBean knownPaths(ApplicationContext context) {
        return () -> {
            Class<?> type = find("com.alibaba.nacos.core.code.ControllerMethodsCache");
            if (type != null) {
                Method add = type.getMethod("initClassMethod", String.class);
                for (String controllers : CONTROLLERS) {
                    add.invoke(context.getBean(type), controllers);
                }
            }
        };
    }

    /**
     * Up to 2.0 the filter for authorization wants a bean that only the console brings, and never
     * asks it while authorization is off.
     */
    @Bean
    public static BeanFactoryPostProcessor unaskedAuthorization() {
        return ConsoleParts::addUnaskedAuthorization;
    }

    private static void addUnaskedAuthorization(ConfigurableListableBeanFactory factory) {
        Class<?> type = find("com.alibaba.nacos.auth.AuthManager");
        if (type != null && type.isInterface()) {
            Object unasked =
                    Proxy.newProxyInstance(
                            type.getClassLoader(),
                            new Class<?>[] {type},
                            (self, method, args) -> answer(self, method, args));
            factory.registerSingleton("unaskedAuthManager", unasked);
        }
    }

    /**
     * Keeps the server from knocking at the instances it is told of: the addresses in the loads are
     * made up, and whoever has them must not hear of us. {@code -Dcatamaran.health.checks=true}
     * leaves the checks on, for suites whose instances are their own.
     */
    @Bean
    public InitializingBean noHealthChecks(ApplicationContext context) {
        return () -> {
            Class<?> type = find("com.alibaba.nacos.naming.misc.SwitchDomain");
            if (type != null && !Boolean.getBoolean("catamaran.health.checks")) {
                type.getMethod("setHealthCheckEnabled", boolean.class)
                        .invoke(context.getBean(type), false);
            }
        };
    }

    private static Object answer(Object self, Method method, Object[] args) {
        switch (method.getName()) {
            case "hashCode":
                return System.identityHashCode(self);
            case "equals":
                return self == args[0];
            case "toString":
                return "unasked authorization";
            default:
                throw new IllegalStateException("authorization is off, yet was asked: " + method);
        }
    }

    private static Class<?> find(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
