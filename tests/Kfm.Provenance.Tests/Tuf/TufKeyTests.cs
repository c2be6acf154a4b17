using Kfm.Provenance.Tuf;

namespace Kfm.Provenance.Tests.Tuf;

public sealed class TufKeyTests : TufFixture
{
    private static readonly TestKey[] Keys = [.. Enumerable.Range(0, 10).Select(_ => new TestKey())];

    public static TheoryData<string, string[]> RootRotations => new()
    {
        // Each root: its keys / its threshold / who signed it; ! when it must be refused.
        { "one key rotated", ["1/1/1", "2/1/21", "2/1/2"] },
        { "one key rotated, unused signatures", ["1/1/314", "2/1/3214", "2/1/324"] },
        { "3 of 5, different signers", ["01234/3/024", "01234/3/041", "01234/3/013", "01234/3/013"] },
        { "3 of 5, one key rotated", ["01234/3/024", "01345/3/041"] },
        { "3 of 5, one key rotated in two steps", ["01234/3/024", "01345/3/0245", "01345/3/045"] },
        { "3 of 5, all keys rotated in two steps", ["01234/3/024", "56789/3/024567", "56789/3/567"] },
        { "threshold up to 2 of 3", ["123/1/1", "123/2/12"] },
        { "threshold down to 1 of 3", ["123/2/12", "123/1/12", "123/1/1"] },
        { "1 of 1 to 2 of 2", ["1/1/1", "12/2/12"] },
        { "not signed with the old key", ["1/1/1", "2/1/234!"] },
        { "not signed with the new key", ["1/1/1", "2/1/134!"] },
        { "not signed with 3 new keys", ["01234/3/024", "01345/3/024!"] },
        { "not signed with 3 old keys", ["01234/3/024", "01345/3/045!"] },
        { "new threshold not reached", ["123/1/1", "123/2/2!"] },
        { "old threshold not reached", ["123/2/12", "123/1/1!"] },
    };

    [Theory]
    [MemberData(nameof(RootRotations))]
    public async Task Root_is_followed_as_far_as_old_and_new_keys_sign_it(string name, string[] versions)
    {
        Repository.ForgetRoots();
        List<byte[]> roots = [];
        foreach (var version in versions)
        {
            Set("root", version);
            Repository.Publish("root");
            roots.Add(Repository.Newest("root"));
        }

        TrustedRoot = roots[0];
        if (versions[^1].EndsWith('!'))
        {
            await RefusedAsync(TufFailure.Threshold, "root");
            Assert.Equal(roots.Count > 2 ? roots[^2] : null, TrustedBytes("root"));
        }
        else
        {
            await RefreshAsync();
            Assert.True(roots[^1].AsSpan().SequenceEqual(TrustedBytes("root")), name);
        }
    }

    [Theory]
    [InlineData("2/1/2")]
    [InlineData("1/1/314")]
    [InlineData("2/1/134!")]
    [InlineData("01345/3/024!")]
    [InlineData("01345/3/04!")]
    [InlineData("01234/3/024")]
    [InlineData("01234/3/041")]
    [InlineData("01234/3/013")]
    [InlineData("01234/3/123")]
    [InlineData("01234/3/234")]
    public async Task Other_roles_need_the_threshold_of_their_keys(string version)
    {
        foreach (var role in new[] { "timestamp", "snapshot", "targets" })
        {
            Set(role, version);
            Repository.Publish("root");
            Repository.PublishTargets("targets");
            if (version.EndsWith('!'))
            {
                await RefusedAsync(TufFailure.Threshold, role);
                return;
            }

            await RefreshAsync();
            Assert.Equal(Repository.Newest(role), TrustedBytes(role));
        }
    }

    [Fact]
    public async Task Key_under_many_ids_counts_once()
    {
        var key = new TestKey();
        for (var i = 0; i < 9; i++)
        {
            Repository.TrustKey("snapshot", key, $"id-{i}");
        }

        Repository.TrustKey("snapshot", key);
        Repository.AddSigner("snapshot", key);
        Repository.Threshold("snapshot", 3);
        Repository.Publish("root");
        Repository.UpdateSnapshot();

        await RefusedAsync(TufFailure.Threshold, "snapshot");
    }

    [Fact]
    public async Task Signature_that_stands_twice_is_refused()
    {
        Repository.AddSigner("timestamp", Keys[0]);
        Repository.AddSigner("timestamp", Keys[0]);
        Repository.UpdateTimestamp();

        await RefusedAsync(TufFailure.Format, "timestamp");
    }

    [Fact]
    public async Task Threshold_above_the_number_of_keys_is_never_met()
    {
        Repository.Threshold("snapshot", 2);
        Repository.Publish("root");
        Repository.UpdateSnapshot();

        await RefusedAsync(TufFailure.Threshold, "snapshot");
    }

    [Fact]
    public async Task Key_whose_entry_is_missing_does_not_count()
    {
        Repository.RoleEntry("snapshot")["keyids"]!.AsArray().Add(Keys[0].Id);
        Repository.AddSigner("snapshot", Keys[0]);
        Repository.Threshold("snapshot", 2);
        Repository.Publish("root");
        Repository.UpdateSnapshot();

        await RefusedAsync(TufFailure.Threshold, "snapshot");
    }

    [Fact]
    public async Task Unknown_hash_algorithms_beside_a_key_do_not_matter()
    {
        Repository.Signed["root"]["keys"]!.AsObject().First().Value!["keyid_hash_algorithms"] = new System.Text.Json.Nodes.JsonArray("md5");
        Repository.Publish("root");

        await RefreshAsync();

        Assert.Equal(2, Trusted("root"));
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa-sha2-nistp256")]
    [InlineData("ecdsa-sha2-nistp384")]
    [InlineData("ecdsa-sha2-nistp521")]
    [InlineData("rsassa-pss-sha256")]
    [InlineData("rsassa-pss-sha512")]
    [InlineData("rsa-pkcs1v15-sha256")]
    public async Task Keys_of_the_scheme_verify(string scheme)
    {
        Repository.DropKeys("timestamp");
        Repository.AddKey("timestamp", new TestKey(scheme));
        Repository.Publish("root");
        Repository.UpdateTimestamp();

        await RefreshAsync();

        Assert.Equal(2, Trusted("timestamp"));
    }

    [Fact]
    public async Task Key_in_two_encodings_counts_once()
    {
        var key = new TestKey();
        Repository.AddKey("snapshot", key);
        Repository.TrustKey("snapshot", key, "other");
        var entry = Repository.Signed["root"]["keys"]!["other"]!["keyval"]!;
        entry["public"] = (string)entry["public"]! + "\n";
        Repository.Threshold("snapshot", 3);
        Repository.Publish("root");
        Repository.UpdateSnapshot();

        await RefusedAsync(TufFailure.Threshold, "snapshot");
    }

    [Fact]
    public async Task Key_of_an_unknown_scheme_signs_nothing()
    {
        Repository.DropKeys("timestamp");
        var key = new TestKey();
        Repository.AddKey("timestamp", key);
        Repository.Signed["root"]["keys"]![key.Id]!["scheme"] = "sphincs";
        Repository.Publish("root");
        Repository.UpdateTimestamp();

        await RefusedAsync(TufFailure.Threshold, "timestamp");
    }

    private void Set(string role, string version)
    {
        var parts = version.TrimEnd('!').Split('/');
        Repository.DropKeys(role);
        Repository.Threshold(role, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        foreach (var key in parts[0])
        {
            Repository.TrustKey(role, Keys[key - '0']);
        }

        foreach (var signer in parts[2])
        {
            Repository.AddSigner(role, Keys[signer - '0']);
        }
    }
}
