"""Hosts from which everybody fetches packages and images."""

from __future__ import annotations

# A host below one of these names counts, too.
_PUBLIC = frozenset(
    {
        # packages
        *("anaconda.org", "clojars.org", "cocoapods.org", "crates.io", "deno.land", "golang.org"),
        *("goproxy.cn", "goproxy.io", "hackage.haskell.org", "hex.pm", "jcenter.bintray.com"),
        *("jitpack.io", "jsr.io", "maven.apache.org", "maven.google.com", "maven.org"),
        *("metacpan.org", "npmjs.com", "npmjs.org", "nuget.org", "oss.sonatype.org"),
        *("packagist.org", "plugins.gradle.org", "pub.dev", "pypi.org", "pypi.python.org"),
        *("pythonhosted.org", "pytorch.org", "repo.gradle.org", "repo.packagist.org"),
        *("repo.spring.io", "rubygems.org", "s01.oss.sonatype.org", "sum.golang.org"),
        *("central.sonatype.com", "yarnpkg.com", "dl.google.com"),
        # mirrors of them that are open to all
        *("aliyun.com", "huaweicloud.com", "mirrors.cloud.tencent.com", "mirrors.ustc.edu.cn"),
        *("npm.taobao.org", "npmmirror.com", "pypi.douban.com", "rsproxy.cn"),
        *("tuna.tsinghua.edu.cn", "maven-central.storage.googleapis.com"),
        *("maven-central.storage-download.googleapis.com",),
        # images
        *("cgr.dev", "docker.elastic.co", "docker.io", "fedoraproject.org", "gcr.io", "ghcr.io"),
        *("index.docker.io", "k8s.io", "lscr.io", "mcr.microsoft.com", "nvcr.io", "opensuse.org"),
        *("public.ecr.aws", "quay.io", "registry.access.redhat.com", "registry.gitlab.com"),
        *("registry.redhat.io", "container-registry.oracle.com", "registry.suse.com", "dhi.io"),
    }
)


def is_public(host: str) -> bool:
    """Tell whether a host is a registry that is open to everybody."""
    parts = host.split(".")
    return any(".".join(parts[start:]) in _PUBLIC for start in range(len(parts)))
