package dev.catamaran.it.launcher;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts a real 3.x server: the registry first, its HTTP side as a child of that, as the bootstrap
 * module does, which is published nowhere. All of it is found by name, because 2.x has none of it.
 */
public final class RealServerSince3 {

    private RealServerSince3() {}

    public static void main(String[] args) throws Exception {
        ParentWatch.start();
        begin("core");
        ConfigurableApplicationContext core =
                new SpringApplicationBuilder(
                                Class.forName("com.alibaba.nacos.NacosServerBasicApplication"))
                        .web(WebApplicationType.NONE)
                        .run(args);
        begin("web");
        new SpringApplicationBuilder(
                        Class.forName("com.alibaba.nacos.NacosServerWebApplication"),
                        ConsoleParts.class)
                .parent(core)
                .run(args);
    }

    private static void begin(String phase) throws Exception {
        Class.forName("com.alibaba.nacos.core.listener.startup.NacosStartUpManager")
                .getMethod("start", String.class)
                .invoke(null, phase);
    }
}
