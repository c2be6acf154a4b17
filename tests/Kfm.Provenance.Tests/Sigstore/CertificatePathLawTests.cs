using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Provenance.Sigstore;
using Kfm.Provenance.Sigstore.Certificates;
using Kfm.Provenance.Sigstore.Trust;
using Kfm.Provenance.Sigstore.Verification;

namespace Kfm.Provenance.Tests.Sigstore;

public sealed class CertificatePathLawTests
{
    private static readonly DateTimeOffset Time = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    // Each bit of the seed breaks one rule; most of the cases break none or one.
    [Flags]
    private enum Fault
    {
        None = 0,
        LeafExpired = 1,
        IntermediateExpired = 2,
        WrongIssuerKey = 4,
        IntermediateIsNoAuthority = 8,
        PathTooLong = 16,
        NoCertSign = 32,
        NotForCodeSigning = 64,
        UnknownCritical = 128,
        OtherRoot = 256,
    }

    [Fact]
    public void Path_is_accepted_when_the_platform_accepts_it() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll<int, int>((first, second) =>
    {
        var fault = Bit(first) | (second % 3 == 0 ? Bit(second / 3) : Fault.None);
        using var chain = new Chain(fault);
        var (ours, platform) = (Ours(chain), Platform(chain));
        return ours == platform && ours == (fault == Fault.None) ? true : throw new InvalidOperationException($"{fault}: ours {ours}, the platform {platform}");
    }));

    private static Fault Bit(int seed) => (uint)seed % 12 is var n and < 9 ? (Fault)(1 << (int)n) : Fault.None;

    private static bool Ours(Chain chain)
    {
        var leaf = CertificateReader.Read(chain.Leaf.RawData);
        var authority = new CertificateAuthority(
            "test", new AuthorityChain([CertificateReader.Read(chain.Intermediate.RawData), CertificateReader.Read(chain.TrustedRoot.RawData)]), new(Time.AddYears(-10), null));
        var root = new TrustedRoot([], [], [authority], []);
        var policy = new IdentityPolicy(CertificateIdentity.Exact("a", "b")) { CertificateTimestampThreshold = 0 };
        return new CertificateCheck(root, policy).Check(leaf, [], [new VerifiedTime(TimeSource.TimestampAuthority, "test", Time)]) is null;
    }

    private static bool Platform(Chain chain)
    {
        using var build = new X509Chain();
        build.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        build.ChainPolicy.CustomTrustStore.Add(chain.TrustedRoot);
        build.ChainPolicy.ExtraStore.Add(chain.Intermediate);
        build.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        build.ChainPolicy.DisableCertificateDownloads = true;
        build.ChainPolicy.VerificationTime = Time.UtcDateTime;
        build.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.3"));
        return build.Build(chain.Leaf);
    }

    private sealed class Chain : IDisposable
    {
        private readonly ECDsa[] _keys = [.. Enumerable.Range(0, 4).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256))];
        private readonly X509Certificate2 _root;

        public Chain(Fault fault)
        {
            var (from, to) = (Time.AddDays(-10), Time.AddDays(10));
            _root = Authority("CN=root", _keys[0], fault.HasFlag(Fault.PathTooLong) ? 0 : 1, true, true).CreateSelfSigned(from, to);
            TrustedRoot = fault.HasFlag(Fault.OtherRoot) ? Authority("CN=root", _keys[3], 1, true, true).CreateSelfSigned(from, to) : _root;
            Intermediate = Authority("CN=intermediate", _keys[1], null, !fault.HasFlag(Fault.IntermediateIsNoAuthority), !fault.HasFlag(Fault.NoCertSign))
                .Create(_root.SubjectName, X509SignatureGenerator.CreateForECDsa(_keys[0]), from, fault.HasFlag(Fault.IntermediateExpired) ? Time.AddDays(-1) : to, [1, 2]);
            Leaf = LeafRequest(fault).Create(
                Intermediate.SubjectName,
                X509SignatureGenerator.CreateForECDsa(fault.HasFlag(Fault.WrongIssuerKey) ? _keys[3] : _keys[1]),
                from,
                fault.HasFlag(Fault.LeafExpired) ? Time.AddSeconds(-1) : to,
                [9]);
        }

        public X509Certificate2 TrustedRoot { get; }

        public X509Certificate2 Intermediate { get; }

        public X509Certificate2 Leaf { get; }

        public void Dispose()
        {
            foreach (var one in new IDisposable[] { _root, TrustedRoot, Intermediate, Leaf }.Concat(_keys))
            {
                one.Dispose();
            }
        }

        private CertificateRequest LeafRequest(Fault fault)
        {
            var leaf = new CertificateRequest("CN=leaf", _keys[2], HashAlgorithmName.SHA256);
            leaf.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
            leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(fault.HasFlag(Fault.NotForCodeSigning) ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.3")], critical: false));
            var names = new SubjectAlternativeNameBuilder();
            names.AddEmailAddress("a@b.example");
            leaf.CertificateExtensions.Add(names.Build());
            if (fault.HasFlag(Fault.UnknownCritical))
            {
                leaf.CertificateExtensions.Add(new X509Extension("1.2.3.4", [5, 0], critical: true));
            }

            return leaf;
        }

        private static CertificateRequest Authority(string name, ECDsa key, int? pathLength, bool isAuthority, bool maySign)
        {
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, isAuthority && pathLength is not null, isAuthority ? pathLength ?? 0 : 0, critical: true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(maySign ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, critical: true));
            return request;
        }
    }
}
