using FastScaling.Packages.Tests.Support;

[assembly: AssemblyFixture(typeof(PackedPackages))]
