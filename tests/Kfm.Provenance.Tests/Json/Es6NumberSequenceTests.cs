using System.Globalization;
using System.Security.Cryptography;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tests.Json;

/// <summary><c>KFM_ES6_NUMBERS</c> says how many numbers: 100000000 before a release, which takes one or two minutes.</summary>
public sealed class Es6NumberSequenceTests
{
    private static readonly Dictionary<int, string> Published = new()
    {
        [1_000] = "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
        [10_000] = "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
        [100_000] = "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7",
        [1_000_000] = "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16",
        [10_000_000] = "b9f8a44a91d46813b21b9602e72f112613c91408db0b8341fb94603d9db135e0",
        [100_000_000] = "0f7dda6b0837dde083c5d6b896f7d62340c8a2415b0c7121d83145e08a755272",
    };

    [Fact]
    public void Lines_have_the_published_hash_and_are_read_again()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("KFM_ES6_NUMBERS") ?? "100000", CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = new byte[1 << 16];
        var at = 0;
        foreach (var value in Es6NumberSequence.Values().Take(count))
        {
            BitConverter.DoubleToUInt64Bits(value).TryFormat(lines.AsSpan(at), out var written, "x", CultureInfo.InvariantCulture);
            lines[at + written] = (byte)',';
            at += written + 1;
            var length = EcmaScriptNumber.Write(value, lines.AsSpan(at));
            var end = NumberScanner.Scan(lines.AsSpan(0, at + length), at, out var token);
            Assert.Equal(at + length, end);
            Assert.Equal(value, NumberScanner.Value(lines.AsSpan(at, length), token));
            lines[at + length] = (byte)'\n';
            at += length + 1;
            if (at > lines.Length - 100)
            {
                hash.AppendData(lines.AsSpan(0, at));
                at = 0;
            }
        }

        hash.AppendData(lines.AsSpan(0, at));
        Assert.Equal(Published[count], Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
