using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Chain;
using Kfm.Agent.Codegen.Egress;
using Kfm.Agent.Tests.Codegen.Chat;

namespace Kfm.Agent.Tests.Codegen.Chain;

public sealed class ModelChainTests
{
    private static readonly CodegenRequest Request = new("Change f", "first,second", 1337);

    [Fact]
    public async Task First_model_that_is_sure_answers_and_no_other_is_asked()
    {
        var second = ScriptedModel.Sure(1);

        var response = await Chain(ScriptedModel.Sure(0.7), second).CompleteAsync(Request, default);

        Assert.Equal(("first", 0), (response.AnsweredBy, second.Calls));
        Assert.Equal([new CodegenAttempt("first", CodegenAttemptOutcome.Answered, "")], response.Attempts);
    }

    [Fact]
    public async Task Answer_without_a_confidence_is_taken() =>
        Assert.Equal("first", (await Chain(ScriptedModel.Sure(null), ScriptedModel.Sure(1)).CompleteAsync(Request, default)).AnsweredBy);

    [Fact]
    public async Task Every_way_to_fail_leads_to_the_next_model_with_its_reason()
    {
        var chain = new ModelChain(
            [
                Link("error", ScriptedModel.Failing(new CodegenModelException("the provider answered status 500"))),
                Link("egress", ScriptedModel.Failing(new EgressRefusedException("not allowed"))),
                Link("slow", ScriptedModel.Hanging()),
                Link("unsure", ScriptedModel.Sure(0.69)),
                Link("sure", ScriptedModel.Sure(0.9)),
            ],
            TimeProvider.System);

        var response = await chain.CompleteAsync(Request, default);

        Assert.Equal(
            [
                new CodegenAttempt("error", CodegenAttemptOutcome.Error, "the provider answered status 500"),
                new CodegenAttempt("egress", CodegenAttemptOutcome.EgressRefused, "not allowed"),
                new CodegenAttempt("slow", CodegenAttemptOutcome.Timeout, "no answer within 0.2 seconds"),
                new CodegenAttempt("unsure", CodegenAttemptOutcome.LowConfidence, "confidence 0.69 is below 0.7"),
                new CodegenAttempt("sure", CodegenAttemptOutcome.Answered, ""),
            ],
            response.Attempts);
        Assert.Equal(("sure", 0.9), (response.AnsweredBy, response.Confidence));
    }

    [Fact]
    public async Task Time_out_is_told_by_the_clock_of_the_chain()
    {
        var chain = new ModelChain([new ChainLink("slow", ScriptedModel.Hanging(), TimeSpan.FromDays(1))], new InstantTimeProvider());

        Assert.Equal("no model answered: slow: no answer within 86400 seconds", (await Assert.ThrowsAsync<ModelChainException>(() => chain.CompleteAsync(Request, default))).Message);
    }

    [Fact]
    public async Task Where_none_is_sure_the_surest_answer_is_taken_with_its_confidence()
    {
        var failing = ScriptedModel.Failing(new CodegenModelException("no"));

        var response = await Chain(ScriptedModel.Sure(0.4, "a"), ScriptedModel.Sure(0.6, "b"), ScriptedModel.Sure(0.6, "c"), failing).CompleteAsync(Request, default);

        Assert.Equal(("second", "b", 0.6), (response.AnsweredBy, response.ModelVersion, response.Confidence));
        Assert.Equal(4, response.Attempts.Count);
    }

    [Fact]
    public async Task Where_none_answers_the_exception_has_the_reason_of_each()
    {
        var chain = Chain(ScriptedModel.Failing(new CodegenModelException("one")), ScriptedModel.Failing(new CodegenModelException("two")));

        var failure = await Assert.ThrowsAsync<ModelChainException>(() => chain.CompleteAsync(Request, default));

        Assert.Equal("no model answered: first: one; second: two", failure.Message);
        Assert.Equal(2, failure.Attempts.Count);
    }

    [Fact]
    public async Task Caller_who_stops_gets_no_further_model()
    {
        using var source = new CancellationTokenSource();
        var second = ScriptedModel.Sure(1);
        var first = new ScriptedModel(async token =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Chain(first, second).CompleteAsync(Request, source.Token));

        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task Recorded_request_is_answered_without_its_model()
    {
        var model = ScriptedModel.Sure(0.9);
        var recording = new RecordingModel(model, ReplayFile.Empty, _ => []);

        var first = await recording.CompleteAsync(Request, default);
        var again = await new RecordingModel(model, ReplayFile.Parse(recording.File.ToBytes()), _ => []).CompleteAsync(Request, default);

        Assert.Equal(1, model.Calls);
        Assert.Equal((first.Patch, first.Confidence, first.ModelVersion), (again.Patch, again.Confidence, again.ModelVersion));
    }

    [Theory]
    [InlineData("+y", "v")]
    [InlineData("nothing", "v")]
    public async Task Answer_with_a_secret_is_not_recorded(string secret, string version)
    {
        var recording = new RecordingModel(ScriptedModel.Sure(0.9, version), ReplayFile.Empty, text => text.Contains(secret, StringComparison.Ordinal) ? ["secret"] : []);

        Assert.Equal(ScriptedModel.Patch, (await recording.CompleteAsync(Request, default)).Patch);
        Assert.Equal(secret == "+y" ? 0 : 1, recording.File.Recordings.Count);
    }

    [Fact]
    public async Task Replay_tells_what_the_chain_told()
    {
        var recording = new RecordingModel(Chain(ScriptedModel.Sure(0.2), ScriptedModel.Sure(0.9)), ReplayFile.Empty, _ => []);
        var live = await new CodegenAgent(recording, _ => []).RunAsync(Request, "p");

        var replayed = await new CodegenAgent(new ReplayModel(ReplayFile.Parse(recording.File.ToBytes())), _ => []).RunAsync(Request, "p");

        Assert.Equal(live.Patch!.Bytes.ToArray(), replayed.Patch!.Bytes.ToArray());
        Assert.Equal(live.Log!.ToBytes(), replayed.Log!.ToBytes());
    }

    private static ModelChain Chain(params ICodegenModel[] models)
    {
        string[] names = ["first", "second", "third", "fourth"];
        return new ModelChain([.. models.Select((m, i) => Link(names[i], m))], TimeProvider.System);
    }

    private static ChainLink Link(string name, ICodegenModel model) => new(name, model, TimeSpan.FromSeconds(name == "slow" ? 0.2 : 60));
}
