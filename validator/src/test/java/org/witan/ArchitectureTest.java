package org.witan;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructor;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.catchup.serve.ServeSettings;
import org.witan.fixture.Impure;
import org.witan.genesis.crypto.Signer;

/** Which code may know which: the map of docs/ARCHITECTURE.md, held by a test. */
class ArchitectureTest {
    private static final String REQUESTS = "org.witan.validator.cli.govern.RequestCommand";

    private static final String[] PURE = {
        "org.witan.genesis.failure..",
        "org.witan.genesis.codec..",
        "org.witan.genesis.crypto..",
        "org.witan.genesis.membership..",
        "org.witan.genesis.json..",
        "org.witan.genesis.words..",
        "org.witan.genesis.document..",
        "org.witan.chain.change..",
        "org.witan.chain.block..",
        "org.witan.chain.state..",
        "org.witan.chain.shown..",
        "org.witan.chain.merkle..",
        "org.witan.catchup.wire..",
        "org.witan.catchup.sync..",
        "org.witan.catchup.snapshot..",
        "org.witan.validator.consensus..",
        "org.witan.validator.pool..",
        "org.witan.validator.core..",
        "org.witan.validator.link.keys..",
        "org.witan.validator.link.handshake..",
        "org.witan.validator.link.record..",
        "org.witan.validator.link.dial.."
    };

    /** What pure code may not know either, because it is made of sockets, files and threads. */
    private static final String[] IMPURE = {
        "org.witan.genesis.file..",
        "org.witan.genesis.keyfile..",
        "org.witan.genesis.devnet..",
        "org.witan.genesis.cli..",
        "org.witan.chain.rocks..",
        "org.witan.chain.cli..",
        "org.witan.catchup.serve..",
        "org.witan.validator.link",
        "org.witan.validator.link.guard..",
        "org.witan.validator.link.session..",
        "org.witan.validator.link.probe..",
        "org.witan.validator.api..",
        "org.witan.validator.client..",
        "org.witan.validator.node..",
        "org.witan.validator.cli.."
    };

    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(ArchitectureTest::isNoTestJar)
                    .importPackages("org.witan");

    @Test
    void pureCodeAsksNothingOfTheWorld() {
        assertThat(OURS).hasSizeGreaterThan(30);
        Purity.of(PURE).check(OURS);
        Purity.noSecureRandomMadeIn(PURE).check(OURS);
    }

    @Test
    void pureCodeKnowsPureCodeOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(IMPURE))
                .allowEmptyShould(true)
                .check(OURS);
    }

    /** What decides whether a block is valid is told nothing by a node's operator. */
    @Test
    void validityKnowsNoSettings() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.witan.chain.block..",
                        "org.witan.chain.change..",
                        "org.witan.chain.merkle..",
                        "org.witan.chain.proof..",
                        "org.witan.chain.state..",
                        "org.witan.validator.consensus..")
                .should()
                .dependOnClassesThat(
                        simpleNameEndingWith("Settings").or(simpleNameEndingWith("Setting")))
                .check(OURS);
    }

    /**
     * A key signs what these put together, with a purpose and the network's id in it; no API, verb
     * or message has it sign bytes of a caller's choice.
     */
    @Test
    void onlyTheseHaveAKeySign() {
        noClasses()
                .that(
                        not(
                                resideInAnyPackage(
                                        "org.witan.genesis.document",
                                        "org.witan.chain.block",
                                        "org.witan.chain.change",
                                        "org.witan.validator.link.handshake")))
                .and()
                .doNotHaveFullyQualifiedName(REQUESTS)
                .should()
                .callMethodWhere(
                        target(name("sign")).and(target(owner(assignableTo(Signer.class)))))
                .check(OURS);
    }

    /** Whoever serves others in a node serves them by the usual share: no other one is made. */
    @Test
    void nobodyMakesAnotherShareForThoseWhoCatchUp() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ServeSettings.class.getName())
                .should(callConstructor(ServeSettings.class, long.class, long.class, int.class))
                .check(OURS);
    }

    /** Even as a parameter, the secure source is the key maker's business. */
    @Test
    void onlyCryptoTakesASecureRandom() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and(not(resideInAPackage("org.witan.genesis.crypto..")))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .allowEmptyShould(true)
                .check(OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "org.rocksdb.., org.witan.chain.rocks..",
        "org.java_websocket.., org.witan.validator.link..",
        "io.helidon.., org.witan.validator.api..",
        "org.bouncycastle.., org.witan.genesis.crypto.. org.witan.genesis.document.."
                + " org.witan.validator.link.."
    })
    void aLibraryIsSeenFromOnePlace(String library, String places) {
        onlyFrom(library, places.split(" ", -1)).check(OURS);
    }

    /** Modules from left to right; each may use those before it. Maven would refuse it too. */
    @ParameterizedTest
    @CsvSource({
        "genesis, chain catchup validator",
        "chain, catchup validator",
        "catchup, validator"
    })
    void aModuleKnowsOnlyThoseToItsLeft(String module, String later) {
        neverUses("org.witan." + module + "..", packages("org.witan.", later)).check(OURS);
    }

    /**
     * Inside the validator: cli → node → {core, link, api}, core → {consensus, pool}. Whoever uses
     * a package may use what that one uses. Another edge needs a decision record.
     */
    @ParameterizedTest
    @CsvSource({
        "cli, node core link api consensus pool",
        "node, core link api consensus pool",
        "core, consensus pool",
        "link, ''",
        "api, ''",
        "consensus, ''",
        "pool, ''"
    })
    void aPackageOfTheValidatorKnowsOnlyThoseBelowIt(String name, String below) {
        String own = "org.witan.validator." + name + "..";
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.witan.validator..")
                                .and(not(resideInAPackage(own)))
                                .and(
                                        not(
                                                resideInAnyPackage(
                                                        packages("org.witan.validator.", below)))))
                .allowEmptyShould(true)
                .check(OURS);
    }

    @ParameterizedTest
    @CsvSource({"link", "api", "consensus", "pool"})
    void catchUpIsTheCoresBusiness(String name) {
        neverUses("org.witan.validator." + name + "..", "org.witan.catchup..").check(OURS);
    }

    /** A rule that no code can break proves nothing: each of these classes breaks one. */
    @ParameterizedTest
    @MethodSource("impureClasses")
    void impurityIsFound(Class<?> sinner) {
        JavaClasses one = new ClassFileImporter().importClasses(sinner);
        ArchRule rule = Purity.of("org.witan.fixture..");
        ArchRule chance = Purity.noSecureRandomMadeIn("org.witan.fixture..");
        boolean found = rule.evaluate(one).hasViolation() || chance.evaluate(one).hasViolation();
        assertThat(found).as(sinner.getSimpleName()).isEqualTo(!sinner.equals(Impure.Pure.class));
    }

    @Test
    void aLibrarySeenFromElsewhereIsFound() {
        JavaClasses one = new ClassFileImporter().importClasses(Impure.Database.class);
        ArchRule rule = onlyFrom("org.rocksdb..", "org.witan.chain.rocks..");
        assertThat(rule.evaluate(one).hasViolation()).isTrue();
        ArchRule edge = neverUses("org.witan.fixture..", "org.rocksdb..");
        assertThat(edge.evaluate(one).hasViolation()).isTrue();
    }

    static Stream<Class<?>> impureClasses() {
        return Stream.of(Impure.class.getDeclaredClasses());
    }

    private static ArchRule onlyFrom(String library, String... places) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(places)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }

    private static ArchRule neverUses(String user, String... used) {
        return noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(used)
                .allowEmptyShould(true);
    }

    private static String[] packages(String prefix, String names) {
        return List.of(names.split(" ", -1)).stream()
                .map(name -> prefix + (name.isEmpty() ? "none" : name) + "..")
                .toArray(String[]::new);
    }

    private static boolean isNoTestJar(Location location) {
        return !location.contains("-tests.jar");
    }
}
