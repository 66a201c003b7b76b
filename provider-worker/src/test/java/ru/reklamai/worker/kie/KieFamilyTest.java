package ru.reklamai.worker.kie;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.reklamai.events.ProviderFamily;

/** The answers are as kie-api.md describes them. */
class KieFamilyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "market | {'state':'waiting'} | Running",
                "market | {'state':'success','resultJson':'{\\\"resultUrls\\\":[\\\"u\\\"]}'} | Succeeded",
                "market | {'state':'success','resultJson':''} | Failed",
                "market | {'state':'fail','failMsg':'no'} | Failed",
                "veo | {'successFlag':0} | Running",
                "veo | {'successFlag':1,'response':{'resultUrls':['u']}} | Succeeded",
                "veo | {'successFlag':1,'response':null} | Failed",
                "veo | {'successFlag':2,'errorMessage':'no'} | Failed",
                "veo | {'successFlag':3} | Failed",
                "gpt4o-image | {'status':'GENERATING','progress':'0.42'} | Running",
                "gpt4o-image | {'status':'SUCCESS','response':{'resultUrls':['u','v']}} | Succeeded",
                "gpt4o-image | {'status':'CREATE_TASK_FAILED'} | Failed",
                "flux-kontext | {'successFlag':1,'response':{'resultImageUrl':'u'}} | Succeeded",
                "flux-kontext | {'successFlag':0,'response':null} | Running",
                "runway | {'state':'queueing'} | Running",
                "runway | {'state':'success','videoInfo':{'videoUrl':'u','imageUrl':'p'}} | Succeeded",
                "runway | {'state':'fail','failMsg':'no'} | Failed",
                "suno | {'status':'FIRST_SUCCESS','response':{'sunoData':[{'audioUrl':'u'}]}} | Running",
                "suno | {'status':'SUCCESS','response':{'sunoData':[{'audioUrl':'u'},{'audioUrl':'v'}]}} | Succeeded",
                "suno | {'status':'CALLBACK_EXCEPTION','response':{'sunoData':[{'audioUrl':'u'}]}} | Succeeded",
                "suno | {'status':'SENSITIVE_WORD_ERROR'} | Failed",
                "suno | {'status':'something new'} | Running"
            })
    void everyFamilysWordsAreUnderstood(String family, String data, String status) throws JsonProcessingException {
        assertThat(familyOf(family).read(json(data)).getClass().getSimpleName()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0.00, 0", "0.42, 42", "1.00, 100"})
    void aPartOfOneIsProgressInPercent(String text, int percent) throws JsonProcessingException {
        var running = (TaskStatus.Running)
                new Gpt4oImageFamily().read(json("{'status':'GENERATING','progress':'" + text + "'}"));
        assertThat(running.progress()).contains(percent);
    }

    @ParameterizedTest
    @CsvSource({
        "market, input",
        "veo, prompt",
        "gpt4o-image, prompt",
        "flux-kontext, prompt",
        "runway, prompt",
        "suno, prompt"
    })
    void everyBodyNamesItsCallbackAndItsInput(String family, String field) throws JsonProcessingException {
        ObjectNode body = familyOf(family).createBody("m", (ObjectNode) json("{'prompt':'a cup'}"), "https://us");
        assertThat(body.path("callBackUrl").asText()).isEqualTo("https://us");
        assertThat(body.has(field)).isTrue();
    }

    private static KieFamily familyOf(String text) {
        return KieFamily.of(ProviderFamily.of(text).orElseThrow());
    }

    private static JsonNode json(String withSingleQuotes) throws JsonProcessingException {
        return JSON.readTree(
                withSingleQuotes.replace("\\\"", "\u0000").replace('\'', '"').replace("\u0000", "\\\""));
    }
}
