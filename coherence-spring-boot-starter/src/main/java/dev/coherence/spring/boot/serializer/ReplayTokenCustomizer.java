package dev.coherence.spring.boot.serializer;

import java.util.Arrays;
import java.util.List;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.DefaultBaseTypeLimitingValidator;

/**
 * Lets Axon's Jackson 3 serializer read replay tokens. Their reset context is declared as an {@code Object} with a class
 * name beside it, and Jackson refuses every such type as a whole; then a processor that was reset fails for ever.
 *
 * <p>What Jackson allows by itself stays allowed. Below the types that it refuses, only classes from named packages are
 * read. Nothing is written or read differently otherwise; in particular there is no default typing.
 */
public final class ReplayTokenCustomizer implements Jackson3SerializerCustomizer {

    private final List<String> packages;

    /**
     * Creates the customizer.
     *
     * @param packages the packages, with those below them, whose classes may stand for an {@code Object}
     */
    public ReplayTokenCustomizer(List<String> packages) {
        this.packages = packages.stream().map(name -> name + ".").toList();
    }

    @Override
    public void accept(JsonMapper.Builder builder) {
        builder.polymorphicTypeValidator(new Validator(packages));
    }

    /** Moves the decision from the declared type to the class that is named in the text. */
    private static final class Validator extends DefaultBaseTypeLimitingValidator {

        private static final long serialVersionUID = 1L;

        private final String[] prefixes; // a validator is serializable, and arrays of texts are

        Validator(List<String> prefixes) {
            this.prefixes = prefixes.toArray(String[]::new);
        }

        @Override
        public Validity validateBaseType(DatabindContext context, JavaType declared) {
            return Validity.INDETERMINATE;
        }

        @Override
        public Validity validateSubClassName(DatabindContext context, JavaType declared, String name) {
            return allows(context, declared, name) ? Validity.INDETERMINATE : Validity.DENIED;
        }

        @Override
        protected boolean isSafeSubType(DatabindContext context, JavaType declared, JavaType found) {
            return allows(context, declared, found.getRawClass().getName());
        }

        private boolean allows(DatabindContext context, JavaType declared, String name) {
            return !isUnsafeBaseType(context, declared)
                    || Arrays.stream(prefixes).anyMatch(name::startsWith);
        }
    }
}
