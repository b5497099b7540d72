package dev.coherence;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What holds in every module; a module's {@code ArchitectureTest} says which packages it has and what they may use. */
@TestInstance(Lifecycle.PER_CLASS) // the classes are read once
public abstract class ArchitectureContract {
    private final List<String> order;
    private final String[] allowed;
    private final JavaClasses classes;

    /**
     * Reads the main classes of the module in whose directory the tests run.
     *
     * @param order all packages of the module; each may use only those before it
     * @param allowed patterns of the packages outside the module that it may use, besides those of the JDK and jspecify
     */
    protected ArchitectureContract(List<String> order, String... allowed) {
        this.order = order;
        this.allowed = Stream.of(
                        Stream.of("java..", "javax.crypto..", "org.jspecify.annotations"),
                        order.stream(),
                        Stream.of(allowed))
                .flatMap(packages -> packages)
                .toArray(String[]::new);
        this.classes = new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    @Test
    void each_package_has_its_place_in_the_order() {
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
                .as("packages of the module, which its ArchitectureTest lists in their order")
                .containsExactlyInAnyOrderElementsOf(order);
    }

    @Test
    void each_package_is_on_the_map_for_newcomers() throws IOException {
        String map = Files.readString(Path.of("..", "docs", "architecture.md"));
        String root = order.stream().min(comparingInt(String::length)).orElseThrow();

        assertThat(order)
                .as("packages that docs/architecture.md lists")
                .allSatisfy(name -> assertThat(map)
                        .contains(
                                name.equals(root)
                                        ? "| (root) |"
                                        : "| `" + name.substring(name.lastIndexOf('.') + 1) + "` |"));
    }

    @Test
    void each_package_uses_only_those_before_it() {
        classes().should(useOnlyPackagesBeforeTheirOwn()).check(classes);
    }

    private ArchCondition<JavaClass> useOnlyPackagesBeforeTheirOwn() {
        return new ArchCondition<>("use only packages before their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (order.indexOf(target.getPackageName()) > order.indexOf(type.getPackageName())) {
                        events.add(violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    @Test
    void a_module_uses_only_what_it_is_allowed_to() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage(allowed).check(classes);
    }

    @Test
    void each_package_is_null_marked() {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct())
                .as("packages with a package-info that says @NullMarked")
                .allMatch(room -> room.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void the_public_api_names_only_public_types() {
        classes().that().arePublic().should(nameOnlyPublicTypes()).check(classes);
    }

    private ArchCondition<JavaClass> nameOnlyPublicTypes() {
        return new ArchCondition<>("name only public types in public and protected members") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                        .filter(ArchitectureContract::isVisible)
                        .forEach(member -> typesOf(member)
                                .filter(named -> order.contains(named.getPackageName()))
                                .filter(named -> !isPublic(named))
                                .forEach(named -> events.add(
                                        violated(member, member.getFullName() + " names " + named.getName()))));
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        boolean open = member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
        return open
                && isPublic(member.getOwner())
                && !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !member.getModifiers().contains(JavaModifier.BRIDGE);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureContract::isPublic).orElse(true);
    }

    private static Stream<JavaClass> typesOf(JavaMember member) {
        Stream<JavaClass> types = member.getAllInvolvedRawTypes().stream();
        if (member instanceof JavaCodeUnit code) {
            types = Stream.concat(types, code.getExceptionTypes().stream());
        }
        return types.map(JavaClass::getBaseComponentType);
    }

    @Test
    void nothing_has_a_name_that_says_nothing() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper..")
                .orShould()
                .haveNameMatching(".*(Util|Utils|Impl|Manager|Helper)")
                .check(classes);
    }

    @Test
    void the_time_comes_from_a_clock() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .because("a caller injects a " + Clock.class.getSimpleName())
                .check(classes);
    }

    @Test
    void nothing_writes_to_the_console() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(classes);
    }
}
