# The engine as an image, and as another one with the libraries of the pages:
#
#   docker build --target engine -t badge-engine .     badge-engine, badge-replay, badge-directory
#   docker build --target web -t badge-web .           badge-web, badge-notifier, badge-governance, and the others
#
# Both have all of the project's code; a worker has no library that only pages need.

# The version the tests run on.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS libraries
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
# Libraries first: they change seldom, and these layers are the large ones.
COPY requirements.lock ./
RUN python -m venv /opt/badge-engine \
 && /opt/badge-engine/bin/pip install --no-deps --require-hashes -r requirements.lock

FROM libraries AS web-libraries
COPY requirements-web.lock ./
RUN /opt/badge-engine/bin/pip install --no-deps --require-hashes -r requirements-web.lock

FROM python:${PYTHON}-slim AS package
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements-build.lock ./
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-deps --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY events events
COPY engine engine
COPY replay replay
COPY directory directory
COPY credentials credentials
COPY notifier notifier
COPY governance governance
COPY web web
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist .

FROM libraries AS engine-built
COPY --from=package /dist /dist
RUN /opt/badge-engine/bin/pip install --no-deps --no-index /dist/*.whl \
 && /opt/badge-engine/bin/python -m compileall -q /opt/badge-engine/lib

FROM web-libraries AS web-built
COPY --from=package /dist /dist
RUN /opt/badge-engine/bin/pip install --no-deps --no-index /dist/*.whl \
 && /opt/badge-engine/bin/python -m compileall -q /opt/badge-engine/lib

FROM python:${PYTHON}-slim AS runtime
ENV PATH=/opt/badge-engine/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# A number rather than a name: orchestrators can then see that it is not root.
USER 10001:10001
WORKDIR /tmp
CMD ["--help"]

FROM runtime AS web
COPY --from=web-built /opt/badge-engine /opt/badge-engine
# The port of BADGE_WEB_BIND. 503 says that the database or a schema is missing; Kafka may be away.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/readyz', timeout=8)"]
ENTRYPOINT ["badge-web"]

# The last stage is what `docker build` makes if no target is named.
FROM runtime AS engine
COPY --from=engine-built /opt/badge-engine /opt/badge-engine
# It reads the cursors in the database and the ends in Kafka: unhealthy means that one of the two
# is out of reach. A worker that has failed ends, so that is for the restart policy to see.
HEALTHCHECK --interval=60s --timeout=20s --start-period=30s --retries=3 \
  CMD ["badge-engine", "status", "--json"]
ENTRYPOINT ["badge-engine"]
