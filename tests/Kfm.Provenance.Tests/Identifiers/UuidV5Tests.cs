using Kfm.Provenance.Identifiers;

namespace Kfm.Provenance.Tests.Identifiers;

public sealed class UuidV5Tests
{
    private static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    // RFC 9562 appendix A.4
    [Fact]
    public void Example_of_the_rfc_is_met() =>
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), UuidV5.Create(Dns, "www.example.com"));

    [Fact]
    public void Name_is_hashed_as_utf8() => Assert.Equal(UuidV5.Create(Dns, "ä"u8), UuidV5.Create(Dns, "ä"));

    [Fact]
    public void Name_with_a_lone_surrogate_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => UuidV5.Create(Dns, "\ud800"));
}
