package dev.coherence.spring.boot.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.value.MapValue;
import dev.coherence.value.NumberValue;
import dev.coherence.value.TextValue;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.net.http.HttpResponse;

/** What an answer is expected to be. */
final class Answers {

    private Answers() {}

    static void assertReport(HttpResponse<String> answer, String instance) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Value.parse(answer.body())).isEqualTo(Reports.document(instance));
    }

    static void assertProblem(HttpResponse<String> answer, int status, String type, String instance, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(member(answer, "type")).isEqualTo(new TextValue("urn:coherence:" + type));
        assertThat(member(answer, "status")).isEqualTo(new NumberValue(BigDecimal.valueOf(status)));
        assertThat(member(answer, "instance")).isEqualTo(new TextValue(instance));
        assertThat(((TextValue) member(answer, "title")).value()).matches("[A-Z][a-z ]+");
        assertThat(((TextValue) member(answer, "detail")).value()).contains(detail);
    }

    static Value member(HttpResponse<String> answer, String name) {
        return ((MapValue) Value.parse(answer.body())).entries().get(name);
    }

    static void assertAnswer(HttpResponse<String> answer, int status, String json) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Value.parse(answer.body())).isEqualTo(Value.parse(json));
    }

    static void assertText(HttpResponse<String> answer, String text) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(text);
    }

    static void assertTag(HttpResponse<String> answer, String tag) {
        assertThat(answer.headers().allValues("ETag")).containsExactly(tag);
    }
}
