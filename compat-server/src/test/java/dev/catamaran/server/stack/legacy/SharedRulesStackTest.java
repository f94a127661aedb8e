package dev.catamaran.server.stack.legacy;

/** The same by the rules that real servers share: all of it holds while the members are ours. */
class SharedRulesStackTest extends LegacyStackTest {

    @Override
    LegacySettings.Rules rules() {
        return LegacySettings.Rules.SHARED;
    }
}
