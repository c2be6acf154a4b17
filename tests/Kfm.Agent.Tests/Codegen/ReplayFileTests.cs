using System.Text;
using Kfm.Agent.Codegen;

namespace Kfm.Agent.Tests.Codegen;

public sealed class ReplayFileTests
{
    private static readonly CodegenRequest First = new("first", "m", 1);
    private static readonly CodegenRequest Second = new("second", "m", 1);
    private static readonly CodegenResponse Answer = new("patch\n", "m.1") { ToolVersions = new Dictionary<string, string> { ["tool"] = "1", ["aid"] = "2" } };

    [Fact]
    public void File_reads_back_as_it_was_written()
    {
        var file = ReplayFile.Empty.Record(First, Answer).Record(Second, Answer with { Patch = "other\n" });

        var again = ReplayFile.Parse(file.ToBytes());

        Assert.Equal(file.ToBytes(), again.ToBytes());
        Assert.Equal("other\n", again.Recordings[Second.ComputeDigest()].Patch);
        Assert.Equal("2", again.Recordings[First.ComputeDigest()].ToolVersions["aid"]);
    }

    [Fact]
    public void Order_of_recording_does_not_change_the_file() => Assert.Equal(
        ReplayFile.Empty.Record(First, Answer).Record(Second, Answer).ToBytes(),
        ReplayFile.Empty.Record(Second, Answer).Record(First, Answer).ToBytes());

    [Fact]
    public void Recording_leaves_the_file_before_unchanged()
    {
        _ = ReplayFile.Empty.Record(First, Answer);

        Assert.Empty(ReplayFile.Empty.Recordings);
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("{\"formatVersion\":2,\"recordings\":[]}", "/formatVersion")]
    [InlineData("{\"formatVersion\":1,\"recordings\":null}", "/recordings")]
    [InlineData("{\"formatVersion\":1,\"recordings\":[],\"more\":1}", "/more")]
    [InlineData("{\"formatVersion\":1,\"recordings\":[{\"requestDigest\":\"x\",\"response\":{\"patch\":\"\",\"modelVersion\":\"\",\"toolVersions\":{}}}]}", "/recordings/0/requestDigest")]
    [InlineData("{\"formatVersion\":1,\"recordings\":[{\"requestDigest\":\"x\",\"response\":{\"patch\":7,\"modelVersion\":\"\",\"toolVersions\":{}}}]}", "/recordings/0/response/patch")]
    public void Other_json_is_refused_at_its_place(string json, string pointer) =>
        Assert.Equal(pointer, Assert.Throws<ReplayFormatException>(() => ReplayFile.Parse(Encoding.UTF8.GetBytes(json))).Pointer);

    [Fact]
    public void Request_recorded_twice_is_refused()
    {
        var one = Encoding.UTF8.GetString(ReplayFile.Empty.Record(First, Answer).ToBytes());
        var recording = one[(one.IndexOf('[', StringComparison.Ordinal) + 1)..one.LastIndexOf(']')];

        var error = Assert.Throws<ReplayFormatException>(() => ReplayFile.Parse(Encoding.UTF8.GetBytes(one.Replace(recording, recording + "," + recording, StringComparison.Ordinal))));

        Assert.Equal("/recordings/1/requestDigest", error.Pointer);
    }
}
